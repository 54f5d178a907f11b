using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

public sealed class SimulatedCatalogueTests : IDisposable
{
    private static readonly Uri Simulator = new(SimulatedSystem.Simulator);
    private static readonly SourceKey Feed = new("sim-utc-waits");
    private static readonly OrganisationCode Northgate = new("SIMU1");

    private readonly CatalogueFolder folder = new();

    public SimulatedCatalogueTests() => SimulatedSystem.WriteTo(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_SimulatorPlays_HasItsSystemMarkedAndItsFeedResolved()
    {
        var catalogue = Load(Simulator);

        Assert.True(catalogue.Organisations.Find(Northgate)!.Simulated);
        Assert.False(catalogue.Organisations.Find(new OrganisationCode("RTP"))!.Simulated);
        Assert.Equal(new Uri(SimulatedSystem.Simulator + "/feeds/utc-waits.csv"), Assert.IsType<FeedDefinition>(Assert.Single(catalogue.Sources[Feed].Locations)).Address);
        Assert.Equal(TimeSpan.FromMinutes(20), catalogue.Sources[Feed].Timetable?.DueAfter);
    }

    [Fact]
    public void Load_SimulatorDoesNotPlay_HasNothingOfItAndStillKnowsItsOrganisations()
    {
        var catalogue = Load(null);

        Assert.Null(catalogue.Organisations.Find(Northgate));
        Assert.DoesNotContain(Feed, catalogue.Sources.Keys);
        Assert.True(catalogue.IsSimulated(Northgate));
        Assert.Empty(catalogue.SourcesOf(new MetricKey("utc-waiting")));
    }

    [Fact]
    public void Metric_MappedByTwoTables_HasBothSourcesAndEachSourceHasIt()
    {
        folder.Write("sources/local-waits.yaml", SimulatedSystem.Source("local-waits", simulated: false, "folder: \"{data}/inbox/local-waits\"", "pattern: \"*.csv\""));

        var catalogue = Load(Simulator);

        Assert.Equal(["local-waits", "sim-utc-waits"], catalogue.SourcesOf(new MetricKey("utc-waiting")).Select(source => source.Key.ToString()));
        Assert.Equal(["utc-longest-wait", "utc-waiting"], catalogue.MetricsOf(Feed).Select(metric => metric.Key.ToString()).Order());
        Assert.Equal(["nhs-england-ae-monthly"], catalogue.SourcesOf(new MetricKey("ed-type-1-attendances")).Select(source => source.Key.ToString()));
    }

    [Theory]
    [InlineData(SimulatedSystem.Feed, "simulated: true", "simulated: false", "simulated: is true for every source in the folder simulated")]
    [InlineData("sources/nhs-england-ae-monthly.yaml", "simulated: false", "simulated: true", "simulated: is false for every source outside the folder simulated")]
    [InlineData("simulated/organisation-parents.csv", "SIMP1,SIM,", "SIMP1,QUY,", "row 2, parent: a simulated organisation and a real one are never related: their figures would be summed")]
    [InlineData("simulated/organisations.csv", "SIMU2,", "RTP,", "row 5, code: 'RTP' stands already in row 174 of organisations.csv")]
    [InlineData(SimulatedSystem.Feed, "metric: utc-waiting", "metric: utc-waitng", "table.figures[0].metric: there is no metric 'utc-waitng'; did you mean 'utc-waiting'?")]
    [InlineData(SimulatedSystem.Feed, "metric: utc-longest-wait", "metric: utc-waiting", "table.figures[1].metric: 'utc-waiting' is mapped twice")]
    [InlineData(SimulatedSystem.Feed, "unit: hours", "unit: percent", "table.figures[1].unit: 'percent' does not convert to 'minutes', the unit of 'utc-longest-wait'")]
    [InlineData(SimulatedSystem.Feed, "\"-\": not-applicable", "\"-\": nothing", "table.missing[0]: 'nothing' is unknown: expected one of not-due, late, source-down, rejected, suppressed, not-applicable, withdrawn")]
    [InlineData(SimulatedSystem.Feed, ", zone: Europe/London", "", "table.time.zone: is required where a time bears no offset")]
    [InlineData(SimulatedSystem.Feed, "dd/MM/yyyy HH:mm", "HH:mm", "table.time.format: 'HH:mm' is not a format: expected iso, or day, month and year such as dd/MM/yyyy HH:mm")]
    [InlineData(SimulatedSystem.Feed, "dd/MM/yyyy HH:mm", "yyyy MM %", "table.time.format: 'yyyy MM %' is not a format: expected iso, or day, month and year such as dd/MM/yyyy HH:mm")]
    [InlineData(SimulatedSystem.Feed, "format: csv", "format: ods", "table.format: 'ods' is unknown: expected one of csv, json, xlsx")]
    [InlineData(SimulatedSystem.Feed, "field: site,", "field: site, code: SIMU1,", "table.organisation.field: needs one of field and code")]
    [InlineData(SimulatedSystem.Feed, "parser: table", "parser: nhs-england-ae-monthly", "table: is for the parser table only")]
    [InlineData(SimulatedSystem.Feed, "dueMinutesAfterPeriodEnd: 20", "dueMinutesAfterPeriodEnd: 20\ndueDaysAfterPeriodEnd: 1", "dueDaysAfterPeriodEnd: needs one of dueDaysAfterPeriodEnd and dueMinutesAfterPeriodEnd")]
    [InlineData(SimulatedSystem.Feed, "unknownOrganisations: refuse", "unknownOrganisations: guess", "unknownOrganisations: 'guess' is unknown: expected one of keep, refuse")]
    [InlineData(SimulatedSystem.Feed, "{simulator}/feeds", "{simulators}/feeds", "locations[0].feed: '{simulators}/feeds/utc-waits.csv' is not an http or https address")]
    public void Load_OneFault_NamesFileAndField(string file, string text, string by, string fault)
    {
        folder.Replace(file, text, by);

        var exception = Assert.Throws<CatalogueException>(() => Load(Simulator));

        Assert.Contains($"{file}: {fault}", exception.Errors.Select(error => (error with { Line = null }).ToString()));
    }

    [Fact]
    public void Load_FeedOfTheSimulatorThatDoesNotPlay_IsAFault()
    {
        folder.Write("sources/local.yaml", SimulatedSystem.Source("local", simulated: false, "feed: \"{simulator}/feeds/utc-waits.csv\""));

        var exception = Assert.Throws<CatalogueException>(() => Load(null));

        Assert.Contains(exception.Errors, error => error.File == "sources/local.yaml" && error.Path == "locations[0].feed");
    }

    private HubCatalogue Load(Uri? simulator) => CatalogueLoader.Load(folder.Path, new Parsers().Keys, simulator);
}
