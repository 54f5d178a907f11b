using System.Globalization;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsHub.Tests.Storage.Ledger;

public sealed class DuckDbLedgerReleasesTests : LedgerReleasesContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<DuckDbFile> files = [];

    public void Dispose()
    {
        files.ForEach(file => file.Dispose());
        folder.Dispose();
    }

    private protected override IReleaseClock OpenNew()
    {
        var settings = new DuckDbSettings(folder.PathOf(files.Count.ToString(CultureInfo.InvariantCulture) + ".duckdb"));
        files.Add(DuckDbFile.Open(settings, TimeProvider.System, NullLogger<DuckDbFile>.Instance));
        return Another();
    }

    private protected override IReleaseClock Another() => new SqlReleaseClock(new DuckDbLedgerDatabase(files[^1]));
}
