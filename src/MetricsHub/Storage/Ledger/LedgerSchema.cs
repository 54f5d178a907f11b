using System.Text.RegularExpressions;

namespace MetricsHub.Storage.Ledger;

/// <summary>
/// What the ledger's migrations make, by name. Whoever copies a ledger copies all that is named here, so that a table that a later migration
/// adds is never forgotten.
/// </summary>
internal static partial class LedgerSchema
{
    private static readonly string Text = string.Join('\n', Migration.Embedded("Ledger").Select(migration => migration.Sql));

    /// <summary>Of every database alike, in alphabetical order. What a database has beside them (archive, observations, migrations) is not the ledger.</summary>
    public static IReadOnlyList<string> Tables { get; } = Names(Table());

    /// <summary>In alphabetical order.</summary>
    public static IReadOnlyList<string> Sequences { get; } = Names(Sequence());

    /// <summary>The tables that hold rows before anything happened.</summary>
    public static IReadOnlyList<string> SeededTables { get; } = Names(Seed());

    private static string[] Names(Regex made) =>
        [.. made.Matches(Text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^CREATE TABLE (\w+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^CREATE SEQUENCE (\w+)", RegexOptions.Multiline)]
    private static partial Regex Sequence();

    [GeneratedRegex(@"^INSERT INTO (\w+)", RegexOptions.Multiline)]
    private static partial Regex Seed();
}
