using System.Text.RegularExpressions;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Grafana;

/// <summary>The dashboards and alarms that Grafana is provisioned with, against a hub that is filled; and the test of it against files and answers that were spoilt.</summary>
public sealed class DashboardContractTests(DashboardHub hub) : IClassFixture<DashboardHub>
{
    private const string Overview = "dashboards/system-overview.json";
    private const string Domain = "dashboards/service-domain.json";
    private const string Place = "dashboards/organisation.json";
    private const string History = "dashboards/level-history.json";
    private const string Alarms = "provisioning/alerting/rules.yaml";

    private static readonly Period Month = new(DashboardHub.Now.AddDays(-30), DashboardHub.Now);

    private static readonly AnswerSchema Schema = AnswerSchema.Read();

    [Fact]
    public async Task Dashboards_OfTheSimulatedSystem_HoldToTheContract() => Assert.Empty(await Contract(GrafanaFiles.Read()).FindAsync());

    /// <summary>A day is told slot by slot, a month by the hour and a year by the day.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(365)]
    public async Task Dashboards_OverAnotherTime_HoldToTheContract(int days) =>
        Assert.Empty(await new DashboardContract(GrafanaFiles.Read(), hub.Catalogue, Schema, hub.GetAsync, new Period(DashboardHub.Now.AddDays(-days), DashboardHub.Now)).FindAsync());

    /// <summary>Of most there are no figures at all, of some no framework judges them: that is said, and never an empty panel.</summary>
    [Theory]
    [InlineData("SIM", "SIMA1")]
    [InlineData("SIM", "SIMH1")]
    [InlineData("SIM", "SIMU1")]
    [InlineData("QUY", "QUY")]
    [InlineData("QUY", "RA7")]
    public async Task Dashboards_OfWhoeverIsChosen_HoldToTheContract(string system, string organisation) =>
        Assert.Empty(await Contract(GrafanaFiles.Read()).FindAsync(("system", system), ("organisation", organisation), ("serviceDomain", "sexual-health")));

    [Theory]
    [InlineData(Overview, "\"selector\": \"shown\"", "\"selector\": \"shewn\"", "'shewn' does not exist")]
    [InlineData(Overview, "\"uid\": \"metricshub\"", "\"uid\": \"metrichub\"", "data source 'metrichub' is not provisioned")]
    [InlineData(Overview, "/d/mh-service-domain?", "/d/mh-service-domian?", "is no dashboard")]
    [InlineData(Overview, "var-serviceDomain=", "var-domain=", "the variable 'domain', which it does not have")]
    [InlineData(Overview, "${__data.fields.serviceDomain}", "${__data.fields.domain}", "the field 'domain', which none of its queries has")]
    [InlineData(Overview, "\"fields\": \"/^calculated$/\"", "\"fields\": \"/^calculation$/\"", "the field 'calculation', which none of its queries has")]
    [InlineData(Overview, "/api/v1/organisations/${system}/boards/levels", "/api/v1/organisations/${system}/boards/level", "is answered 404")]
    [InlineData(Overview, "${framework}", "${frame}", "'frame', which is no variable")]
    [InlineData(Overview, "\"type\": \"number\"", "\"type\": \"timestamp\"", "is not of type timestamp")]
    [InlineData(Overview, "\"unit\": \"dateTimeFromNow\"", "\"unit\": \"\"", "has no unit")]
    [InlineData(Overview, "\"text\": \"2 Raised pressure\"", "\"text\": \"\"", "maps something to a colour and to no text")]
    [InlineData(Domain, "\"value\": \"ed\"", "\"value\": \"edd\"", "there is no 'edd' in the catalogue")]
    [InlineData(Domain, "\"options\": \"coveragePercent\"", "\"options\": \"coverage\"", "the field 'coverage', which none of its queries has")]
    [InlineData(Place, "acute-beds-open-now", "acute-beds-open-nwo", "there is no metric 'acute-beds-open-nwo' in the catalogue")]
    [InlineData(Place, "\"root_selector\": \"items\"", "\"root_selector\": \"rows\"", "has no rows at 'rows'")]
    [InlineData(History, "${__timeFrom:date:iso}", "${__timeFrom:date:is}", "is no format of a time")]
    [InlineData(History, "\"uid\": \"mh-level-history\"", "\"uid\": \"mh-organisation\"", "is that of several dashboards")]
    [InlineData(Alarms, "noDataState: Alerting", "noDataState: OK", "silence does not alarm")]
    [InlineData(Alarms, "{selector: framework, text: framework, type: string}", "{selector: framework, text: framework, type: number}", "has not exactly one number")]
    [InlineData(Alarms, "{selector: level, text: level, type: number}", "{selector: levels, text: levels, type: number}", "'levels' does not exist")]
    [InlineData(Alarms, "datasourceUid: metricshub", "datasourceUid: hub", "data source 'hub' is not provisioned")]
    [InlineData(Alarms, "__dashboardUid__: mh-system-overview", "__dashboardUid__: mh-overview", "leads to no panel")]
    [InlineData(Alarms, "$labels.name", "$labels.nmae", "the label 'nmae', which no row has")]
    public async Task Contract_OneThingBrokenInAFile_IsFound(string file, string text, string by, string fault)
    {
        var faults = await Contract(GrafanaFiles.Read().With(file, text, by)).FindAsync();

        Assert.Contains(faults, found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/boards/levels", "\"shown\":", "\"shewn\":", "column 'shown' does not exist")]
    [InlineData("/boards/levels", "\"shown\":\"[^\"]*\"", "\"shown\":\"5\"", "'5' of 'shown' is mapped to no text")]
    [InlineData("/boards/levels", "\"shown\":\"[^\"]*\"", "\"shown\":null", "column 'shown' is null, and is not described as nullable")]
    [InlineData("/boards/levels", "\"observablePercent\":[0-9.]*", "\"observablePercent\":\"none\"", "column 'observablePercent' is not of type number")]
    [InlineData("/boards/inputs", "\"items\":", "\"rows\":", "has no rows at 'items'")]
    [InlineData("/boards/history", "\"at\":\"2026-11-", "\"at\":\"2026-13-", "column 'at' is not of type timestamp")]
    [InlineData("/boards/alarms/levels", "\"organisation\":\"[^\"]*\",\"name\":\"[^\"]*\",\"framework\":\"[^\"]*\"", "\"organisation\":\"X\",\"name\":\"X\",\"framework\":\"X\"", "labels are not unique")]
    [InlineData("/boards/sources", "\"items\":.*]", "\"items\":[]", "has no rows at 'items'")]
    public async Task Contract_OnePropertyOfAnAnswerChanged_IsFound(string address, string pattern, string by, string fault)
    {
        var contract = new DashboardContract(GrafanaFiles.Read(), hub.Catalogue, Schema, async asked =>
        {
            var (status, body) = await hub.GetAsync(asked);
            return (status, asked.Split('?')[0].EndsWith(address, StringComparison.Ordinal) ? Regex.Replace(body, pattern, by) : body);
        }, Month);

        Assert.Contains(await contract.FindAsync(), found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Dashboards_OfTheRepository_AreFiveOfThirtyPanelsAndFiveAlarms()
    {
        var files = GrafanaFiles.Read();

        Assert.Equal(
            ["mh-level-history", "mh-organisation", "mh-service-domain", "mh-sources", "mh-system-overview"],
            files.Dashboards.Select(entry => entry.Dashboard.Text("uid")).Order(StringComparer.Ordinal));
        Assert.True(files.Dashboards.Sum(entry => entry.Dashboard.List("panels").Count) >= 30);
        Assert.Equal(
            ["mh-hub-silent", "mh-level-3", "mh-level-4", "mh-level-uncertain", "mh-source-overdue"],
            AlarmFaults.RulesIn(files).Select(rule => rule.Text("uid")).Order(StringComparer.Ordinal));
    }

    private DashboardContract Contract(GrafanaFiles files) => new(files, hub.Catalogue, Schema, hub.GetAsync, Month);
}
