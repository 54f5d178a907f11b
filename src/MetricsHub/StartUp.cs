using MetricsHub.Catalogue;
using MetricsHub.Moving;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Influx;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace MetricsHub;

/// <summary>What happens between building the hub and running it: fail early, in words; then say where it is.</summary>
internal static partial class StartUp
{
    /// <exception cref="StartException">Something that the person who starts the hub can mend.</exception>
    /// <exception cref="CatalogueException">The catalogue is wrong; lists every fault.</exception>
    public static async Task CheckBeforeStartAsync(this WebApplication app)
    {
        try
        {
            RestoreCommand.RefuseHalfRestored(app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder);

            // Its files are checked first; then it asks the stores for what has been collected of organisations and bank holidays.
            var catalogue = app.Services.GetRequiredService<HubCatalogue>();
            foreach (var conflict in catalogue.Reference.Conflicts)
            {
                LogConflict(app.Logger, conflict.Subject, conflict.Field, conflict.Catalogue, conflict.Stated, conflict.Source);
            }

            await OpenOwnDataAsync(app);
            foreach (var store in app.Services.GetServices<IStoreWatch>())
            {
                await store.CheckAsync(CancellationToken.None);
            }

            await CheckSameHistoryAsync(app.Services.GetRequiredService<IObservationStore>(), app.Services.GetRequiredService<ILedger>());
        }
        catch (OptionsValidationException exception)
        {
            var section = exception.OptionsType.Name[..^"Options".Length];
            throw new StartException(string.Join(Environment.NewLine, exception.Failures.Select(failure => $"{section}:{failure}")), exception);
        }
        catch (InfluxAwayException exception)
        {
            // It may come back, and what can be collected meanwhile cannot all be collected later.
            LogWithoutStore(app.Logger, exception.Message);
        }
        catch (Exception exception) when (exception is DuckDbFileException or InfluxException or PostgresDatabaseException)
        {
            throw new StartException(exception.Message, exception);
        }
    }

    /// <summary>
    /// Where the observations are this process's own, a ledger which says what is stored can be that of one process only: with two, each
    /// would lack what the other collected, and nobody could see it. Where they are shared, everybody stays out while all of it is moved.
    /// </summary>
    private static async Task OpenOwnDataAsync(WebApplication app)
    {
        if (!app.Configuration.KeepsObservationsInInflux() || !app.Configuration.KeepsLedgerInPostgres())
        {
            _ = app.Services.GetRequiredService<DuckDbFile>();
        }

        // Given back when the process ends.
        var locks = app.Services.GetRequiredService<IProcessLocks>();
        if (app.Configuration.KeepsObservationsInInflux())
        {
            _ = await locks.TryShareAsync(IProcessLocks.Observations, CancellationToken.None)
                ?? throw new StartException("This ledger is being moved, or a hub works with it that keeps the observations for itself. Wait for the move to end, or stop the other hub.");
            return;
        }

        _ = await locks.TryTakeAsync(IProcessLocks.Observations, CancellationToken.None)
            ?? throw new StartException("Another hub works with this ledger and keeps the observations; one hub per ledger. Give this one another Postgres:Schema, stop the other, or keep the observations in InfluxDB.");
    }

    /// <summary>Beside another store of observations than it grew up with a ledger would say that everything is stored, and nothing would be there.</summary>
    private static async Task CheckSameHistoryAsync(IObservationStore store, ILedger ledger)
    {
        if (store.Version == 0 && (await ledger.ListNewestPeriodEndsAsync(source: null, CancellationToken.None)).Count > 0)
        {
            throw new StartException(
                "The ledger has stored publications, and the store of the observations is empty: they do not belong together. "
                + "Was Storage:Observations changed, or the database? Set it back, or start with a new data folder.");
        }

        if (store.Version > 0 && (await ledger.ListPublicationsAsync(source: null, before: null, limit: 1, CancellationToken.None)).Count == 0)
        {
            throw new StartException(
                "There are observations, and the ledger knows of no publication: they do not belong together, or a move was cut off before its end. "
                + "Empty what was moved to and move again, or set Storage:Ledger back.");
        }
    }

    public static void TellAddresses(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var folder = Path.GetFullPath(app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder);
            foreach (var address in app.Urls)
            {
                LogAnswersAt(app.Logger, address, folder);
            }
        });

    [LoggerMessage(EventId = 1000, Level = LogLevel.Warning, Message = "{Subject}: the catalogue says '{Catalogue}' as {Field}, {Source} '{Stated}'; the catalogue holds")]
    private static partial void LogConflict(ILogger logger, string subject, string field, string catalogue, string stated, string source);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "Starting without observations: {Reason} What is collected waits in the archive")]
    private static partial void LogWithoutStore(ILogger logger, string reason);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "MetricsHub answers at {Address} (data in {Folder}); Ctrl+C stops it")]
    private static partial void LogAnswersAt(ILogger logger, string address, string folder);
}
