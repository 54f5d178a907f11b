using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

public sealed class PushCatalogueTests : IDisposable
{
    private readonly CatalogueFolder folder = new();

    public PushCatalogueTests() => PushSystem.WriteTo(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_SourceThatTakesPushes_HasItsMetricsAndNeedsNoLocation()
    {
        var catalogue = Load();

        var source = catalogue.Sources[new SourceKey(PushSystem.Key)];
        Assert.True(source.TakesPushes);
        Assert.Empty(source.Locations);
        Assert.Equal(["utc-arrivals", "utc-longest-wait", "utc-waiting"], catalogue.MetricsOf(source.Key).Select(metric => metric.Key.ToString()).Order());
        Assert.Contains(source, catalogue.SourcesOf(new MetricKey("utc-waiting")));
        Assert.DoesNotContain(catalogue.Sources.Values, other => other.TakesPushes && other != source);
    }

    [Theory]
    [InlineData("metrics: [utc-waiting, ", "metrics: [utc-waitng, ", "metrics[0]: there is no metric 'utc-waitng'; did you mean 'utc-waiting'?")]
    [InlineData("metrics: [utc-waiting, ", "metrics: [utc-waiting, utc-waiting, ", "metrics[1]: 'utc-waiting' is named twice")]
    [InlineData("metrics: [utc-waiting, utc-longest-wait, utc-arrivals]", "metrics: []", "metrics: needs at least one entry")]
    [InlineData("numArrivals: utc-arrivals", "numArrivals: utc-arivals", "fhir.populations.numArrivals: 'utc-arivals' is not among the source's metrics; did you mean 'utc-arrivals'?")]
    [InlineData("populations: { ", "populations: { } # ", "fhir.populations: needs at least one entry")]
    [InlineData("push: true", "push: false", "locations: needs at least one entry")]
    [InlineData("parser: pushed", "parser: nhs-england-ae-monthly", "push: is for the parser pushed only")]
    [InlineData("parser: pushed", "parser: nhs-england-ae-monthly", "metrics: is for the parser pushed only")]
    [InlineData("parser: pushed", "parser: nhs-england-ae-monthly", "fhir: is for the parser pushed only")]
    [InlineData("personalColumns: []", "personalColumns: [Name]", "personalColumns: cannot be cut from what is pushed: has to be empty")]
    public void Load_OneFault_NamesFileAndField(string text, string by, string fault)
    {
        folder.Replace(PushSystem.File, text, by);

        var exception = Assert.Throws<CatalogueException>(Load);

        Assert.Contains($"{PushSystem.File}: {fault}", exception.Errors.Select(error => (error with { Line = null }).ToString()));
    }

    private HubCatalogue Load() => CatalogueLoader.Load(folder.Path, new Parsers().Keys, new Uri(SimulatedSystem.Simulator));
}
