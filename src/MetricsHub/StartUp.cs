using MetricsHub.Catalogue;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace MetricsHub;

/// <summary>What happens between building the hub and running it: fail early, in words; then say where it is.</summary>
internal static partial class StartUp
{
    /// <exception cref="StartException">Something that the person who starts the hub can mend.</exception>
    /// <exception cref="CatalogueException">The catalogue is wrong; lists every fault.</exception>
    public static void CheckBeforeStart(this WebApplication app)
    {
        try
        {
            // Its files are checked first; then it asks the stores for what has been collected of organisations and bank holidays.
            var catalogue = app.Services.GetRequiredService<HubCatalogue>();
            foreach (var conflict in catalogue.Reference.Conflicts)
            {
                LogConflict(app.Logger, conflict.Subject, conflict.Field, conflict.Catalogue, conflict.Stated, conflict.Source);
            }

            _ = app.Services.GetRequiredService<DuckDbFile>();
        }
        catch (Exception exception) when (exception is DuckDbFileException or PostgresDatabaseException)
        {
            throw new StartException(exception.Message, exception);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject}: the catalogue says '{Catalogue}' as {Field}, {Source} '{Stated}'; the catalogue holds")]
    private static partial void LogConflict(ILogger logger, string subject, string field, string catalogue, string stated, string source);

    [LoggerMessage(Level = LogLevel.Information, Message = "MetricsHub answers at {Address} (data in {Folder}); Ctrl+C stops it")]
    private static partial void LogAnswersAt(ILogger logger, string address, string folder);
}
