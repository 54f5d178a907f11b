using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Influx;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace MetricsHub.Moving;

/// <summary>The stores of one installation, opened without a hub: nothing is collected, evaluated or answered while they are open here.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Installation(ServiceProvider services) => this.services = services;

    public IObservationStore Observations => services.GetRequiredService<IObservationStore>();

    public IReleaseHistory History => services.GetRequiredService<IReleaseHistory>();

    public IArchiveStore Archive => services.GetRequiredService<IArchiveStore>();

    public ILedgerCopying Ledger => services.GetRequiredService<ILedgerCopying>();

    public (BackupMaker Maker, BackupOptions Options) Backups =>
        (services.GetRequiredService<BackupMaker>(), services.GetRequiredService<IOptions<BackupOptions>>().Value);

    /// <summary>The clock of its stores.</summary>
    public MovingClock Clock => services.GetRequiredService<MovingClock>();

    /// <summary>With a full path.</summary>
    public string DataFolder => Path.GetFullPath(Options.DataFolder);

    private StorageOptions Options => services.GetRequiredService<IOptions<StorageOptions>>().Value;

    /// <summary>Opens the stores that a configuration names, brings their schemas up to this program, and keeps every hub out of them.</summary>
    /// <exception cref="StartException">They cannot be used, or a hub is at work on them.</exception>
    public static async Task<Installation> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var clock = new MovingClock();
        var installation = new Installation(new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton<TimeProvider>(clock)
            .AddStorage(configuration)
            .AddBackups(configuration)
            .BuildServiceProvider());
        try
        {
            await installation.CheckAsync(cancellationToken);
            return installation;
        }
        catch (Exception exception)
        {
            await installation.DisposeAsync();
            throw exception switch
            {
                OptionsValidationException options => new StartException(string.Join(Environment.NewLine, options.Failures), exception),
                DuckDbFileException or StoreException or PostgresDatabaseException => new StartException(exception.Message, exception),
                _ => exception,
            };
        }
    }

    /// <summary>Where it is, without passwords.</summary>
    public override string ToString()
    {
        var observations = Options.Observations == StorageOptions.Influx ? $"{services.GetRequiredService<InfluxAccess>()}" : DataFolder;
        var ledger = Options.Ledger == StorageOptions.Postgres
            ? services.GetRequiredService<PostgresSettings>() is var settings ? $"{settings}, schema {settings.Schema}" : ""
            : DataFolder;
        return observations == ledger ? DataFolder : $"observations in {observations}, ledger and archive in {ledger}";
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        RestoreCommand.RefuseHalfRestored(DataFolder);

        // Given back with the process's connection.
        _ = await services.GetRequiredService<IProcessLocks>().TryTakeAsync(IProcessLocks.Observations, cancellationToken)
            ?? throw new StartException($"A hub works with this installation ({this}); stop it first.");
        foreach (var store in services.GetServices<IStoreWatch>())
        {
            await store.CheckAsync(cancellationToken);
        }

        _ = Observations.Version;
    }
}
