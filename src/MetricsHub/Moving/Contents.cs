using System.Security.Cryptography;
using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Moving;

/// <summary>Everything that an installation holds, part by part, each part's entries in an order that does not depend on what keeps them.</summary>
internal static class Contents
{
    /// <summary>Every release, followed by what it states.</summary>
    public static async IAsyncEnumerable<Entry> OfObservations(IReleaseHistory history)
    {
        await foreach (var (release, recordedAt, statements) in history.ReadAsync(CancellationToken.None))
        {
            var place = $"the release of {release.Source}/{release.Publication} recorded at {recordedAt:O}";
            yield return new Entry(place, Entry.Text(
                recordedAt, release.Source, release.Publication, release.Reading.ParserVersion, release.Reading.Replay,
                release.Order.PublishedAt, release.Order.Revision, release.Order.Arrival, statements.Count));
            foreach (var statement in statements)
            {
                var figure = statement.Figure.TryGetNumber(out var number) ? (object)number : statement.Figure.Absence;
                yield return new Entry(
                    $"{place}, {statement.Series} in {statement.Period}",
                    Entry.Text(statement.Series.Metric, statement.Series.Organisation, statement.Period.Start, statement.Period.End, figure, statement.Row));
            }
        }
    }

    /// <summary>Every archived publication, by the hash of its bytes.</summary>
    public static async IAsyncEnumerable<Entry> OfArchive(IArchiveStore archive)
    {
        foreach (var id in await archive.ListAsync(CancellationToken.None))
        {
            var bytes = await archive.ReadAsync(id, CancellationToken.None);
            yield return new Entry($"publication {id}", Entry.Text(id, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }
    }

    /// <summary>Every row of a table, column by column.</summary>
    public static async IAsyncEnumerable<Entry> OfTable(LedgerImage ledger, string table)
    {
        await Task.CompletedTask;
        var columns = ledger.Columns(table);
        var row = 0L;
        foreach (var values in ledger.Rows(table))
        {
            yield return new Entry($"row {++row} ({columns[0].Name} {values[0]})", Entry.Text(values));
        }
    }

    /// <summary>Every sequence, by the number that it gives next.</summary>
    public static async IAsyncEnumerable<Entry> OfSequences(LedgerImage ledger)
    {
        await Task.CompletedTask;
        foreach (var sequence in LedgerSchema.Sequences)
        {
            yield return new Entry(sequence, Entry.Text(sequence, ledger.Next(sequence)));
        }
    }
}
