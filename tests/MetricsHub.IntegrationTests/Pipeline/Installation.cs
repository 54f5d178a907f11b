using System.Globalization;
using MetricsHub.IntegrationTests.Faults;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>A hub of one process or of several, on the same stores.</summary>
/// <param name="roles">Those of each process; null for the default, which is all of them.</param>
internal sealed class Installation(PlayedFeeds feeds, Stores stores, IReadOnlyList<string?> roles) : IAsyncDisposable
{
    private readonly List<(string? Roles, HubProcess Hub)> processes = [];

    /// <summary>Everything in the data folder of one process.</summary>
    public static async Task<Installation> EmbeddedAsync(PlayedFeeds feeds, Func<string, Task<Stores>> create) =>
        new(feeds, await create(Stores.Embedded), [null]);

    /// <summary>Two workers and two API processes on InfluxDB and PostgreSQL. Of the data folder they share the inboxes.</summary>
    public static async Task<Installation> ProductionAsync(PlayedFeeds feeds, Func<string, Task<Stores>> create) =>
        new(feeds, await create(Stores.Production), ["worker", "worker", "api", "api"]);

    public string DataFolder => stores.DataFolder;

    /// <summary>Those that answer the API, each with its name.</summary>
    public IReadOnlyList<(string Name, HubProcess Hub)> Doors =>
    [
        .. processes.Where(process => process.Roles != "worker")
            .Select((process, number) => (string.Create(CultureInfo.InvariantCulture, $"{process.Roles ?? "embedded"} {number + 1}"), process.Hub)),
    ];

    /// <summary>Everything that its processes have said.</summary>
    public string Said() => string.Join(Environment.NewLine, processes.Select(process => process.Hub.Output));

    /// <summary>Starts every process, and returns when all answer.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var role in roles)
        {
            var hub = stores.Launch(["--Simulator:Address", feeds.Address, .. role is null ? (string[])[] : ["--Roles", role]]);
            processes.Add((role, hub));
            await hub.WaitUntilItAnswersAsync(cancellationToken);
        }
    }

    /// <summary>Kills every process, and starts them again with what is kept.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        await StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await stores.DisposeAsync();
    }

    private async Task EndAsync()
    {
        foreach (var (_, hub) in processes)
        {
            await hub.DisposeAsync();
        }

        processes.Clear();
    }
}
