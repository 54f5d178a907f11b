using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

/// <summary>An installation's own catalogue in its data folder: read beside the bundled one, which an upgrade may replace.</summary>
public sealed class LocalCatalogueTests : IDisposable
{
    private static readonly string Metric = """
        metrics:
          - key: walk-in-waiting
            name: Waiting
            description: Made for a test.
            unit: patients
            serviceDomain: utc
            cadence: quarter-hour
            measure: snapshot
            polarity: low-is-good
            countsPeople: false
            reportedBy: [site]

        """;

    private static readonly string Source = SimulatedSystem.Source("walk-in", simulated: false, "folder: \"{data}/inbox/walk-in\"", "pattern: \"*.csv\"")
        .Replace("utc-waiting", "walk-in-waiting", StringComparison.Ordinal)
        .Replace("    - { metric: utc-longest-wait, field: longest_wait_hours, unit: hours }\n", "", StringComparison.Ordinal)
        .Replace("SIMU1", "NORTH", StringComparison.Ordinal);

    private readonly TemporaryFolder local = new();

    public void Dispose() => local.Dispose();

    [Fact]
    public void Load_LocalFiles_BelongToTheCatalogue()
    {
        Write();

        var catalogue = Load();

        Assert.Equal(["walk-in"], catalogue.SourcesOf(new MetricKey("walk-in-waiting")).Select(source => source.Key.ToString()));
        Assert.Equal("QUY", catalogue.Organisations.ParentOf(new OrganisationCode("NORTH"), new DateOnly(2026, 11, 22))!.Parent.ToString());
        Assert.Contains(new SourceKey("nhs-england-ae-monthly"), catalogue.Sources.Keys);
    }

    [Fact]
    public void Load_LocalFolderThatIsEmpty_IsNoFault()
    {
        Directory.CreateDirectory(local.PathOf("sources"));

        Assert.Contains(new SourceKey("nhs-england-ae-monthly"), Load().Sources.Keys);
    }

    [Fact]
    public void Load_FaultsInLocalFiles_NameThoseFilesAndTheirLines()
    {
        Write();
        local.Write("metrics.yaml", Metric.Replace("cadence: quarter-hour", "cadence: hourly", StringComparison.Ordinal));
        local.Write("sources/walk-in.yaml", Source.Replace("metric: walk-in-waiting", "metric: walk-in-wating", StringComparison.Ordinal));
        local.Write("organisation-parents.csv", "child,parent,valid_from,valid_to,basis,source,reason\nNORTH,QUZ,,,quoted,local,\n");

        var faults = Assert.Throws<CatalogueException>(Load).Errors.Select(error => error.ToString());

        Assert.Equal(
            [
                "{data}/catalogue/metrics.yaml line 7 (metrics[0].cadence): 'hourly' is unknown: expected one of quarter-hour, day, month, quarter",
                "{data}/catalogue/sources/walk-in.yaml line 15 (table.figures[0].metric): there is no metric 'walk-in-wating'; did you mean 'walk-in-waiting'?",
                "{data}/catalogue/organisation-parents.csv: row 2, parent: unknown organisation 'QUZ'",
            ],
            faults);
    }

    [Fact]
    public void Load_LocalSourceThatTheBundledCatalogueHasToo_IsAFault()
    {
        local.Write("sources/nhs-england-virtual-ward.yaml", File.ReadAllText(Path.Combine(CatalogueFolder.Real, "sources", "nhs-england-virtual-ward.yaml")));

        var fault = Assert.Single(Assert.Throws<CatalogueException>(Load).Errors);

        Assert.Contains("'nhs-england-virtual-ward' stands already in ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_SourceAddedToARunningHubsDataFolder_IsCollectedAfterARestart()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var hub = TestHub.Empty();
        Directory.CreateDirectory(Path.Combine(hub.DataFolder, "catalogue", "sources"));
        await File.WriteAllTextAsync(Path.Combine(hub.DataFolder, "catalogue", "metrics.yaml"), Metric, cancellation);
        await File.WriteAllTextAsync(Path.Combine(hub.DataFolder, "catalogue", "sources", "walk-in.yaml"), Source, cancellation);
        await File.WriteAllTextAsync(Path.Combine(hub.DataFolder, "catalogue", "organisations.csv"), Organisations, cancellation);
        hub.Drop(new SourceKey("walk-in"), "today.csv", "Site,As at,Waiting\nNorthgate UTC,22/11/2026 12:00,14\n"u8.ToArray());

        await hub.RestartAsync();
        await hub.Collector.CollectAsync(new SourceKey("walk-in"), cancellation);

        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(Figure.Of(14), await hub.FigureAsync("walk-in-waiting", "NORTH", new Period(noon.AddMinutes(-15), noon), null, cancellation));
    }

    private const string Organisations = "code,name,kind,valid_from,valid_to,ons_code,source\nNORTH,Northgate UTC,site,,,,local\n";

    private void Write()
    {
        local.Write("metrics.yaml", Metric);
        local.Write("sources/walk-in.yaml", Source);
        local.Write("organisations.csv", Organisations);
        local.Write("organisation-parents.csv", "child,parent,valid_from,valid_to,basis,source,reason\nNORTH,QUY,2020-01-01,,quoted,local,\n");
    }

    private HubCatalogue Load() => CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys, simulator: null, local.Path);
}
