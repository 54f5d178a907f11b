using System.Globalization;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsHub.Tests.Storage.Ledger;

public sealed class DuckDbLedgerReadingsTests : LedgerReadingsContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private DuckDbFile? file;
    private int files;

    public void Dispose()
    {
        file?.Dispose();
        folder.Dispose();
    }

    private protected override ILedger OpenNew()
    {
        files++;
        return Reopen();
    }

    private protected override ILedger Reopen()
    {
        file?.Dispose();
        var settings = new DuckDbSettings(folder.PathOf(files.ToString(CultureInfo.InvariantCulture) + ".duckdb"));
        file = DuckDbFile.Open(settings, TimeProvider.System, NullLogger<DuckDbFile>.Instance);
        return new SqlLedger(new DuckDbLedgerDatabase(file));
    }
}
