using System.Globalization;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Moving;

/// <summary>
/// Copies one installation to the empty stores of another. The ledger comes last and as a whole: until it is there the other side has
/// observations that no ledger knows of, and on that no hub starts.
/// </summary>
/// <param name="output">Where it says how far it is.</param>
internal sealed class Mover(Installation from, Installation to, TextWriter output)
{
    private const int ReleasesPerLine = 10_000;

    /// <exception cref="StartException">The other side is not empty; says what is there.</exception>
    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        await RefuseUnlessEmptyAsync(cancellationToken);
        await MoveObservationsAsync(cancellationToken);
        await MoveArchiveAsync(cancellationToken);
        MoveCatalogue();
        using var ledger = new LedgerImage(from.Ledger);
        ledger.CopyTo(to.Ledger);
        await output.WriteLineAsync("The ledger is moved.");
    }

    private async Task RefuseUnlessEmptyAsync(CancellationToken cancellationToken)
    {
        using var ledger = new LedgerImage(to.Ledger);
        List<string> found =
        [
            .. to.Observations.Version == 0 ? Array.Empty<string>() : ["observations"],
            .. (await to.Archive.ListAsync(cancellationToken)).Count is > 0 and var archived ? [Counted(archived, "archived publications")] : Array.Empty<string>(),
            .. LedgerSchema.Tables.Except(LedgerSchema.SeededTables)
                .Select(table => (Table: table, Rows: ledger.Count(table)))
                .Where(entry => entry.Rows > 0)
                .Select(entry => Counted(entry.Rows, $"rows of {entry.Table}")),
        ];
        if (found.Count > 0)
        {
            throw new StartException(
                $"What is to be moved to ({to}) is not empty: there are {string.Join(", ", found)}. "
                + "A move that was cut off leaves such a beginning: drop it, or name another database, schema or folder. Nothing was changed.");
        }
    }

    private async Task MoveObservationsAsync(CancellationToken cancellationToken)
    {
        var refill = new ReleaseRefill(to.Observations, to.Clock);
        var releases = 0;
        await foreach (var release in from.History.ReadAsync(cancellationToken))
        {
            await refill.AppendAsync(release, cancellationToken);
            if (++releases % ReleasesPerLine == 0)
            {
                await output.WriteLineAsync($"{Counted(releases, "releases")} so far, up to {release.RecordedAt:u}");
            }
        }

        await output.WriteLineAsync($"{Counted(releases, "releases")} are moved.");
    }

    private async Task MoveArchiveAsync(CancellationToken cancellationToken)
    {
        var archived = await from.Archive.ListAsync(cancellationToken);
        foreach (var id in archived)
        {
            await to.Archive.WriteAsync(id, await from.Archive.ReadAsync(id, cancellationToken), cancellationToken);
        }

        await output.WriteLineAsync($"{Counted(archived.Count, "archived publications")} are moved.");
    }

    private void MoveCatalogue()
    {
        if (from.DataFolder != to.DataFolder)
        {
            Folder.Copy(Path.Combine(from.DataFolder, Folder.Catalogue), Path.Combine(to.DataFolder, Folder.Catalogue));
        }
    }

    private static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
}
