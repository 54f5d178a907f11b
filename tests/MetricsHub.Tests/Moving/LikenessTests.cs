using MetricsHub.Moving;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Moving;

/// <summary>That two installations which are not the same are never said to be.</summary>
public sealed class LikenessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Likeness_OfEqualSides_NamesNoDifference()
    {
        var like = await Likeness.OfAsync("part", Entries("a", "b"), Entries("a", "b"));

        Assert.Equal((2, null), (like.Entries, like.FirstDifference));
        Assert.Equal(like.Here, like.There);
    }

    [Theory]
    [InlineData("a,x", "at 2 here, at 2 there")]
    [InlineData("a", "at 2 here, nothing there")]
    [InlineData("a,b,c", "nothing here, at 3 there")]
    [InlineData("b,a", "at 1 here, at 1 there")]
    public async Task Likeness_OfOtherSides_NamesTheFirstDifference(string there, string expected)
    {
        var like = await Likeness.OfAsync("part", Entries("a", "b"), Entries(there.Split(',')));

        Assert.Equal(expected, like.FirstDifference);
        Assert.NotEqual(like.Here, like.There);
    }

    [Fact]
    public void Text_OfOtherValues_IsAnother()
    {
        Assert.NotEqual(Entry.Text("a", "b"), Entry.Text("ab", ""));
        Assert.NotEqual(Entry.Text([null]), Entry.Text(""));
        Assert.NotEqual(Entry.Text(0.1 + 0.2), Entry.Text(0.3));
    }

    /// <summary>A table that a later migration makes must not be left behind by whoever copies a ledger.</summary>
    [Fact]
    public void Tables_OfADuckDbFile_AreTheLedgersOrTheObservations()
    {
        using var file = DuckDbFile.Open(new DuckDbSettings(Path.Combine(folder.Path, "one.duckdb")), TimeProvider.System, NullLogger<DuckDbFile>.Instance);
        string[] observations = ["series", "release", "contested", "statement_recent", "statement_current", "statement_superseded", "rollup_hour", "rollup_day", "compacted_month"];

        var tables = file.ReadNow(connection => connection.Query("SELECT table_name FROM information_schema.tables", row => row.GetString(0)));
        var sequences = file.ReadNow(connection => connection.Query("SELECT sequence_name FROM duckdb_sequences()", row => row.GetString(0)));

        Assert.Equal(tables.Order(StringComparer.Ordinal), LedgerSchema.Tables.Concat(observations).Append("migration").Order(StringComparer.Ordinal));
        Assert.Equal(sequences.Order(StringComparer.Ordinal), LedgerSchema.Sequences);
        Assert.Equal(["evaluation_turn", "ledger_version", "release_clock"], LedgerSchema.SeededTables);
    }

    private static IAsyncEnumerable<Entry> Entries(params string[] contents) => contents.Select((content, at) => new Entry($"at {at + 1}", content)).ToAsyncEnumerable();
}
