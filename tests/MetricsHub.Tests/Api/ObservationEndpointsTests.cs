using System.Text.Json;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class ObservationEndpointsTests
{
    private const string Address = "/api/v1/observations";

    [Fact]
    public async Task Observations_NumberAndAbsence_HaveOneOfBothNeverBoth()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("virtual-ward-capacity", "QXU", Figures.June, 0),
            Figures.Absent("virtual-ward-patients", "QXU", Figures.June, AbsenceCode.Suppressed));

        var items = (await host.GetJsonAsync(Address)).GetProperty("items");

        Assert.Equal(0, items[0].GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("absence").ValueKind);
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("value").ValueKind);
        Assert.Equal("suppressed", items[1].GetProperty("absence").GetString());
        Assert.Equal("2024-05-31T23:00:00Z", items[0].GetProperty("periodStart").GetString());
        Assert.Equal("2024-06-30T23:00:00Z", items[0].GetProperty("periodEnd").GetString());
        Assert.Equal(("patients", 7), (items[1].GetProperty("unit").GetString(), items[1].GetProperty("row").GetInt32()));
        Assert.Equal(Figures.Publication.ToString(), items[0].GetProperty("publication").GetString());
        Assert.Equal("2024-07-11T09:30:00Z", items[0].GetProperty("recordedAt").GetString());
    }

    [Fact]
    public async Task Observations_Lists_TakeRepeatedAndCommaSeparatedEntries()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var answer = await host.GetJsonAsync(Address + "?metric=ed-type-1-attendances,virtual-ward-patients&metric=virtual-ward-capacity&organisation=qxu");

        Assert.Equal(["virtual-ward-capacity", "virtual-ward-patients"], answer.GetProperty("items").Texts("metric"));
    }

    /// <summary>RYF serves the seven systems of the South West with ambulances; it also runs departments, which it shares with nobody.</summary>
    [Fact]
    public async Task Observations_Shared_AreThoseOfTheServiceDomainAndTheDaysOfTheRelation()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("virtual-ward-patients", "QUY", Figures.June, 80),
            Figures.Of("ambulance-category-2-response-mean", "RYF", Figures.June, 1800),
            Figures.Of("ambulance-category-2-response-mean", "RYF", LondonCalendar.Month(2023, 6), 1900),
            Figures.Of("ambulance-category-2-response-mean", "RRU", Figures.June, 1700),
            Figures.Of("utc-type-3-attendances", "RYF", Figures.June, 500));

        var items = (await host.GetJsonAsync(Address + "?organisation=QUY&shared=true")).GetProperty("items");
        var own = (await host.GetJsonAsync(Address + "?organisation=QUY")).GetProperty("items");
        var trust = (await host.GetJsonAsync(Address + "?organisation=RYF&shared=true")).GetProperty("items");

        Assert.Equal(["RYF", "QUY"], items.Texts("organisation"));
        Assert.Equal([(1800, true), (80, false)], items.EnumerateArray().Select(item => (item.GetProperty("value").GetInt32(), item.GetProperty("shared").GetBoolean())));
        Assert.Equal(["QUY"], own.Texts("organisation"));
        Assert.All(trust.EnumerateArray(), item => Assert.False(item.GetProperty("shared").GetBoolean()));
    }

    [Fact]
    public async Task Observations_SharedInPages_GiveEveryOneOnce()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Enumerable.Range(1, 12).SelectMany(month => new[]
        {
            Figures.Of("ambulance-incidents", "RYF", LondonCalendar.Month(2024, month), month),
            Figures.Of("ed-type-1-attendances", "RYF", LondonCalendar.Month(2024, month), month),
            Figures.Of("virtual-ward-patients", "QUY", LondonCalendar.Month(2024, month), month),
        }));

        var values = new List<string>();
        for (var address = Address + "?organisation=QUY&shared=true&limit=5"; address is not null;)
        {
            var page = await host.GetJsonAsync(address);
            values.AddRange(page.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("metric")} {item.GetProperty("value")}"));
            address = page.GetProperty("next").GetString();
        }

        Assert.Equal(
            Enumerable.Range(1, 12).Select(month => $"ambulance-incidents {month}").Concat(Enumerable.Range(1, 12).Select(month => $"virtual-ward-patients {month}")),
            values);
    }

    [Theory]
    [InlineData("?shared=true")]
    [InlineData("?shared=perhaps&organisation=QUY")]
    [InlineData("?shared=true&organisation=QUY&metric=ambulance-incidents&step=month&aggregate=sum&from=2024-01-01&to=2024-06-01")]
    public async Task Observations_SharedWhereItMeansNothing_IsRefused(string query)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(Address + query);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Observations_DatesAsRange_AreDaysInLondonFromInclusiveToExclusive()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Enumerable.Range(5, 3).Select(month => Figures.Of("virtual-ward-patients", "QXU", LondonCalendar.Month(2024, month), month)));

        var items = (await host.GetJsonAsync(Address + "?from=2024-06-01&to=2024-07-01")).GetProperty("items");

        Assert.Equal(6, Assert.Single(items.EnumerateArray()).GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Observations_AsOf_KnowsOnlyWhatWasRecordedThen()
    {
        await using var host = await ApiHost.StartAsync();
        var first = Figures.Of("virtual-ward-patients", "QXU", Figures.June, 85);
        host.Store.Add(first, first with { Figure = Figure.Of(90), Publication = Figures.Revision, RecordedAt = Figures.RecordedAt.AddDays(30) });

        var then = await host.GetJsonAsync(Address + "?asOf=2024-07-11T10:30:00%2B01:00");
        var now = await host.GetJsonAsync(Address);
        var step = await host.GetJsonAsync(Address + "?metric=virtual-ward-patients&organisation=QXU&from=2024-01-01&to=2025-01-01&step=month&aggregate=last&asOf=2024-07-11T10:30:00%2B01:00");

        Assert.Equal("2024-07-11T09:30:00Z", then.GetProperty("asOf").GetString());
        Assert.Equal(85, then.GetProperty("items")[0].GetProperty("value").GetDouble());
        Assert.Equal(90, now.GetProperty("items")[0].GetProperty("value").GetDouble());
        Assert.Equal(85, step.GetProperty("items")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Observations_BreakInsideTheRange_IsToldOnTheRowAndOnTop()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("ed-type-1-attendances", "RTP", LondonCalendar.Month(2025, 10), 10),
            Figures.Of("ed-type-1-attendances", "RTP", LondonCalendar.Month(2025, 11), 11));

        var across = await host.GetJsonAsync(Address + "?metric=ed-type-1-attendances&from=2025-10-01&to=2025-12-01");
        var before = await host.GetJsonAsync(Address + "?metric=ed-type-1-attendances&from=2025-10-01&to=2025-11-01");

        Assert.Equal("2025-11-01", Assert.Single(across.GetProperty("breaks").EnumerateArray()).GetProperty("from").GetString());
        Assert.Equal(JsonValueKind.Null, across.GetProperty("items")[0].GetProperty("breakNote").ValueKind);
        Assert.Contains("Emergency Care Data Set", across.GetProperty("items")[1].GetProperty("breakNote").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, before.GetProperty("breaks").GetArrayLength());
    }

    [Fact]
    public async Task Observations_AfterABreakInAMonthWithoutAFigure_SayHowLongTheyHaveBeenMadeSo()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("ed-type-1-attendances", "RTP", LondonCalendar.Month(2025, 10), 10),
            Figures.Of("ed-type-1-attendances", "RTP", LondonCalendar.Month(2025, 12), 12));

        var whole = await host.GetJsonAsync(Address + "?organisation=RTP");
        var december = await host.GetJsonAsync(Address + "?organisation=RTP&metric=ed-type-1-attendances&from=2025-12-01&to=2026-01-01");
        var latest = await host.GetJsonAsync(Address + "/latest?metric=ed-type-1-attendances");
        var steps = await host.GetJsonAsync(Address + "?organisation=RTP&metric=ed-type-1-attendances&from=2025-10-01&to=2026-01-01&step=month&aggregate=sum");
        using var csv = await host.GetAsync(Address + ".csv?organisation=RTP");
        using var stepsCsv = await host.GetAsync(Address + ".csv?organisation=RTP&metric=ed-type-1-attendances&from=2025-10-01&to=2026-01-01&step=month&aggregate=sum");

        Assert.Equal([null, "2025-11-01"], whole.GetProperty("items").Texts("methodSince"));
        Assert.Equal([null, "2025-11-01"], steps.GetProperty("items").Texts("methodSince"));
        Assert.Equal(["", "2025-11-01"], CsvFiles.Read(await csv.TextAsync()).Select(row => row["methodSince"]));
        Assert.Equal(["", "2025-11-01"], CsvFiles.Read(await stepsCsv.TextAsync()).Select(row => row["methodSince"]));
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("items")[1].GetProperty("breakNote").ValueKind);
        Assert.Equal(["2025-11-01"], december.GetProperty("breaks").Texts("from"));
        Assert.Equal(["2025-11-01"], latest.GetProperty("breaks").Texts("from"));
    }

    [Theory]
    [InlineData("mean", 20)]
    [InlineData("sum", 40)]
    [InlineData("minimum", 15)]
    [InlineData("maximum", 25)]
    [InlineData("last", 25)]
    [InlineData("count", 2)]
    public async Task Observations_Step_GathersNumbersAndCountsAbsences(string aggregate, double expected)
    {
        await using var host = await ApiHost.StartAsync();
        var day = LondonCalendar.StartOf(new DateOnly(2024, 6, 3));
        Period DayOf(int number) => new(day.AddDays(number), day.AddDays(number + 1));
        host.Store.Add(
            Figures.Of("ed-type-1-attendances", "RTP", DayOf(0), 15),
            Figures.Of("ed-type-1-attendances", "RTP", DayOf(1), 25),
            Figures.Absent("ed-type-1-attendances", "RTP", DayOf(2), AbsenceCode.Late));

        var answer = await host.GetJsonAsync($"{Address}?metric=ed-type-1-attendances&organisation=RTP&from=2024-06-01&to=2024-07-01&step=month&aggregate={aggregate}");

        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(expected, item.GetProperty("value").GetDouble());
        Assert.Equal((2, 1), (item.GetProperty("count").GetInt32(), item.GetProperty("absences").GetInt32()));
        Assert.Equal(("2024-05-31T23:00:00Z", "2024-06-30T23:00:00Z"), (item.GetProperty("stepStart").GetString(), item.GetProperty("stepEnd").GetString()));
    }

    [Fact]
    public async Task Observations_StepOfAbsencesOnly_HasNoValue()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Absent("virtual-ward-patients", "QXU", Figures.June, AbsenceCode.Late));

        var answer = await host.GetJsonAsync(Address + "?metric=virtual-ward-patients&organisation=QXU&from=2024-06-01&to=2024-07-01&step=month&aggregate=maximum");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("items")[0].GetProperty("value").ValueKind);
    }

    [Theory]
    [InlineData("metric=virtual-ward-patients&organisation=QXU&from=2024-01-01&to=2025-01-01&step=month&aggregate=sum", "aggregate")]
    [InlineData("aggregate=sum", "aggregate")]
    [InlineData("metric=virtual-ward-patients&organisation=QXU&from=2024-01-01&to=2025-01-01&step=month", "aggregate")]
    [InlineData("metric=virtual-ward-patients&organisation=QXU&from=2024-01-01&to=2025-01-01&step=week&aggregate=last", "step")]
    [InlineData("metric=virtual-ward-patients&organisation=QXU&from=1950-01-01&to=2025-01-01&step=hour&aggregate=last", "step")]
    [InlineData("metric=virtual-ward-patients&organisation=QXU&to=2025-01-01&step=month&aggregate=last", "from")]
    [InlineData("from=2024-01-01&to=2024-01-01", "to")]
    [InlineData("from=2024-01-01T00:00:00", "from")]
    [InlineData("metric=virtual-ward-patients,no-such", "metric")]
    [InlineData("organisation=NOSUCH", "organisation")]
    [InlineData("cursor=nonsense", "cursor")]
    public async Task Observations_RequestThatMakesNoSense_IsRefused(string query, string parameter)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync($"{Address}?{query}");

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Fact]
    public async Task Observations_MoreThanAHundredEntries_AreRefused()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(Address + "?organisation=" + string.Join(',', Enumerable.Range(0, 101).Select(number => $"R{number}")));

        Assert.Equal(["organisation"], await response.AssertInvalidAsync());
    }

    [Theory]
    [InlineData("/api/v1/observations?limit=3")]
    [InlineData("/api/v1/observations/latest?limit=3")]
    [InlineData("/api/v1/observations?limit=3&metric=ed-type-1-attendances,virtual-ward-capacity&organisation=RA2,QXU&from=2024-01-01&to=2025-01-01&step=month&aggregate=last")]
    public async Task Observations_PageByPage_GivesEachItemOnceInOrder(string address)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Enumerable.Range(3, 4).SelectMany(month => Figures.OfSurrey(LondonCalendar.Month(2024, month))));

        var whole = (await host.GetJsonAsync(address.Replace("limit=3", "limit=1000", StringComparison.Ordinal))).GetProperty("items");
        var paged = await Paged.AllAsync(host, address);

        Assert.Equal(whole.EnumerateArray().Select(item => item.GetRawText()), paged);
    }

    [Fact]
    public async Task Latest_SeveralPeriods_GivesTheNewestOfEachSeries()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("virtual-ward-patients", "QXU", LondonCalendar.Month(2024, 5), 80),
            Figures.Of("virtual-ward-patients", "QXU", Figures.June, 85));

        var item = Assert.Single((await host.GetJsonAsync(Address + "/latest?metric=virtual-ward-patients")).GetProperty("items").EnumerateArray());

        Assert.Equal(85, item.GetProperty("value").GetDouble());
    }
}
