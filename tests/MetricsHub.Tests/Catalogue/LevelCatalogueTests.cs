using MetricsHub.Catalogue;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

/// <summary>What the health of levels is held to, and which figures say where there is capacity: real files, and each of them spoilt.</summary>
public sealed class LevelCatalogueTests : IDisposable
{
    private const string Health = "level-health.yaml";
    private const string Headroom = "headroom.yaml";

    private readonly CatalogueFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_RealCatalogue_HasRulesWithProvenanceAndHeadroomOfManyServices()
    {
        var catalogue = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys);

        Assert.Equal((30, 20), (catalogue.LevelHealth.Chatter.StartsAt, catalogue.LevelHealth.Chatter.EndsAt));
        Assert.All([catalogue.LevelHealth.Chatter.Source, catalogue.LevelHealth.Standing.Source], Assert.NotEmpty);
        Assert.True(catalogue.Headroom.Select(rule => rule.ServiceDomain).Distinct().Count() >= 10);
        Assert.All(catalogue.Headroom, rule => Assert.NotEmpty(rule.Source));
    }

    [Theory]
    [InlineData(Health, "startsAt: 30", "", "chatter.startsAt: is required")]
    [InlineData(Health, "endsAt: 20", "endsAt: 31", "chatter.endsAt: is above startsAt")]
    [InlineData(Health, "  provenance: quoted\n", "  provenance: official\n", "chatter.provenance: 'official' is unknown")]
    [InlineData(Health, "worstBandPercent: 90", "worstBandPercent: 101", "standing.worstBandPercent: ")]
    [InlineData(Health, "leastReadings: 20", "leastReadings: 0", "standing.leastReadings: ")]
    [InlineData(Headroom, "key: dental-urgent-slots\n", "key: gp-same-day-slots\n", "headroom[1].key: 'gp-same-day-slots' stands already at headroom[0]")]
    [InlineData(Headroom, "serviceDomain: gp\n", "serviceDomain: doctors\n", "headroom[0].serviceDomain: unknown service domain 'doctors'")]
    [InlineData(Headroom, "free: gp-same-day-slots-free", "free: gp-slots", "headroom[0].free: unknown metric 'gp-slots'")]
    [InlineData(Headroom, "    free: gp-same-day-slots-free\n", "", "headroom[0].used: either used or free is required, and not both")]
    [InlineData(Headroom, "    capacity: sdec-chairs\n", "", "headroom[2].capacity: is required beside used")]
    [InlineData(Headroom, "capacity: sdec-chairs", "capacity: virtual-ward-capacity", "headroom[2]: its metrics are not of one cadence")]
    [InlineData(Headroom, "maximumAge: PT1H", "maximumAge: an hour", "headroom[0].maximumAge: 'an hour' is not a duration above zero")]
    public void Load_OneFault_SaysWhere(string file, string text, string by, string fault)
    {
        folder.Replace(file, text, by);

        var thrown = Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys));

        Assert.Contains(thrown.Errors, error => error.File == file && $"{error.Path}: {error.Message}".StartsWith(fault, StringComparison.Ordinal));
    }
}
