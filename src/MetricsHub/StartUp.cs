using MetricsHub.Catalogue;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Options;

namespace MetricsHub;

/// <summary>What happens between building the hub and running it: fail early, in words; then say where it is.</summary>
internal static partial class StartUp
{
    /// <exception cref="StartException">Something that the person who starts the hub can mend.</exception>
    /// <exception cref="CatalogueException">The catalogue is wrong; lists every fault.</exception>
    public static void CheckBeforeStart(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<HubCatalogue>();
        try
        {
            _ = app.Services.GetRequiredService<DuckDbFile>();
        }
        catch (DuckDbFileException exception)
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

    [LoggerMessage(Level = LogLevel.Information, Message = "MetricsHub answers at {Address} (data in {Folder}); Ctrl+C stops it")]
    private static partial void LogAnswersAt(ILogger logger, string address, string folder);
}
