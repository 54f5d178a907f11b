using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using MetricsHub.Tests.Catalogue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MetricsHub.Tests;

/// <summary>The hub without its web server and its scheduler: real stores and real files in a temporary folder, and a clock that stands still.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public static readonly SourceKey AeMonthly = new("nhs-england-ae-monthly");
    public static readonly SourceKey VirtualWard = new("nhs-england-virtual-ward");
    public static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    private readonly CatalogueFolder catalogue = new();
    private readonly Action<IServiceCollection>? replace;
    private readonly IReadOnlyList<(string Key, string Value)> settings;
    private ServiceProvider provider;

    private TestHub(bool withSamples, Action<CatalogueFolder>? spoil, Action<IServiceCollection>? replace, IReadOnlyList<(string Key, string Value)> settings)
    {
        this.replace = replace;
        this.settings = settings;
        if (!withSamples)
        {
            foreach (var source in Directory.GetFiles(Path.Combine(catalogue.Path, "sources")))
            {
                var lines = File.ReadAllLines(source).ToList();
                lines.RemoveRange(lines.FindIndex(line => line.Contains("{samples}", StringComparison.Ordinal)), 2);
                File.WriteAllLines(source, lines);
            }
        }

        spoil?.Invoke(catalogue);
        provider = BuildProvider();
    }

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("metricshub-test-").FullName;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public HubCatalogue Catalogue => provider.GetRequiredService<HubCatalogue>();

    public Collector Collector => provider.GetRequiredService<Collector>();

    public IObservationStore Store => provider.GetRequiredService<IObservationStore>();

    public ILedger Ledger => provider.GetRequiredService<ILedger>();

    public EscalationReader Escalation => provider.GetRequiredService<EscalationReader>();

    public Evaluator Evaluator => provider.GetRequiredService<Evaluator>();

    public IServiceProvider Services => provider;

    /// <summary>A hub whose only locations are the folders below <see cref="DataFolder"/>.</summary>
    public static TestHub Empty(
        Action<CatalogueFolder>? spoil = null, Action<IServiceCollection>? replace = null, params IReadOnlyList<(string Key, string Value)> settings) =>
        new(withSamples: false, spoil, replace, settings);

    /// <summary>A hub that finds the bundled samples.</summary>
    public static TestHub WithSamples() => new(withSamples: true, null, null, []);

    /// <summary>Puts a file into the folder that a source watches.</summary>
    public void Drop(SourceKey source, string name, byte[] content)
    {
        var folder = Path.Combine(DataFolder, "inbox", source.ToString());
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    public void DropSample(SourceKey source, string sample, string? name = null) =>
        Drop(source, name ?? sample, File.ReadAllBytes(Path.Combine(Samples, source.ToString(), sample)));

    public void Remove(SourceKey source, string name) => File.Delete(Path.Combine(DataFolder, "inbox", source.ToString(), name));

    /// <summary>The current figure of a series in a period, or null where nothing is stated.</summary>
    public async Task<Figure?> FigureAsync(string metric, string organisation, Domain.Time.Period period, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var selection = new SeriesSelection(new HashSet<MetricKey> { new(metric) }, new HashSet<OrganisationCode> { new(organisation) });
        return (await Store.ReadAsync(new StatementQuery(selection, period.Start, period.End, asOf), cancellationToken)).SingleOrDefault()?.Figure;
    }

    /// <summary>Changes the catalogue's files; the hub reads them at its next start.</summary>
    public void ChangeCatalogue(Action<CatalogueFolder> change) => change(catalogue);

    /// <summary>Stops the hub and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await provider.DisposeAsync();
        provider = BuildProvider();
    }

    /// <summary>Stops the hub; its data stay, for others to work on.</summary>
    public ValueTask StopAsync() => provider.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        catalogue.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    private ServiceProvider BuildProvider()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = DataFolder,
            [CatalogueSetup.FolderKey] = catalogue.Path,
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddCatalogue(configuration)
            .AddStorage(configuration)
            .AddCollection(configuration)
            .AddEscalation();
        replace?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
