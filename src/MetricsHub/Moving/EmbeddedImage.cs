using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Options;

namespace MetricsHub.Moving;

/// <summary>
/// Of observations and ledger in one DuckDB file: DuckDB copies it as of one instant. The file itself cannot be copied, for closing it would take
/// the lock off that keeps other processes out of it.
/// </summary>
internal sealed class EmbeddedImage(DuckDbFile file, IOptions<StorageOptions> options, TimeProvider clock) : IDatabaseImage
{
    private const string Making = "backup.unfinished";

    public async Task<DateTimeOffset> WriteAsync(string path, CancellationToken cancellationToken)
    {
        // No SQL reaches a file outside the data folder.
        var here = Path.Combine(Path.GetFullPath(options.Value.DataFolder), Making);
        File.Delete(here);
        try
        {
            var instant = clock.GetUtcNow();
            await Task.Run(() => file.CopyTo(here, cancellationToken), cancellationToken);
            File.Move(here, path);
            return instant;
        }
        finally
        {
            File.Delete(here);
            File.Delete(here + ".wal");
        }
    }
}
