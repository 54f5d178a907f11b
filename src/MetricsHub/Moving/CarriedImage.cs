using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Moving;

/// <summary>
/// Of stores that know no common instant. The ledger is read first, as of one instant, and then the observations: they may hold more by then than
/// the ledger knew, which is left out, and never less. So the image is a state that a kill could have left, and a hub goes on from it.
/// </summary>
internal sealed class CarriedImage(ILedgerCopying ledger, IReleaseHistory history, TimeProvider clock, ILoggerFactory loggers) : IDatabaseImage
{
    public async Task<DateTimeOffset> WriteAsync(string path, CancellationToken cancellationToken)
    {
        var standing = new MovingClock();
        using var file = DuckDbFile.Open(new DuckDbSettings(path), standing, loggers.CreateLogger<DuckDbFile>());
        var instant = clock.GetUtcNow();
        await Task.Run(() => CopyLedger(file), cancellationToken);

        var known = file.ReadNow(connection => connection.Query(
            "SELECT source, publication_id, replays_asked FROM publication", row => (Key: (row.GetString(0), row.GetString(1)), Replays: row.GetInt32(2))))
            .ToDictionary(publication => publication.Key, publication => publication.Replays);
        var refill = new ReleaseRefill(new DuckDbObservationStore(file, standing, loggers.CreateLogger<DuckDbObservationStore>()), standing);
        await foreach (var release in history.ReadAsync(cancellationToken))
        {
            var (publication, source, reading, _) = release.Release;
            if (known.TryGetValue((source.ToString(), publication.ToString()), out var replays) && reading.Replay <= replays)
            {
                await refill.AppendAsync(release, cancellationToken);
            }
        }

        return instant;
    }

    private void CopyLedger(DuckDbFile file)
    {
        using var image = new LedgerImage(ledger);
        image.CopyTo(new DuckDbLedgerCopying(file));
    }
}
