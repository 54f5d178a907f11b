using System.Text;
using MetricsHub.Api;
using MetricsHub.Domain.Observations;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+441")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("\0=1")]
    [InlineData("=HYPERLINK(\"http://example.org\",\"x\")")]
    [InlineData("=cmd|'/c calc'!A0")]
    public void Text_ThatASpreadsheetWouldRun_BearsAnApostrophe(string text) => Assert.Equal("'" + text, RoundTrip(text));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("a,b")]
    [InlineData("say \"hello\"")]
    [InlineData("two\r\nlines")]
    [InlineData(" spaces ")]
    [InlineData("Ynys Môn – 診療所 😀")]
    [InlineData("1=1")]
    public void Text_OfAnyOtherKind_ReadsBackAsItWas(string text) => Assert.Equal(text, RoundTrip(text));

    [Theory]
    [InlineData(-5.5, "-5.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1E+21")]
    [InlineData(1234567.0, "1234567")]
    public void Number_Negative_StaysANumber(double number, string expected)
    {
        var line = new CsvLine();
        line.Number(number).Number((double?)null).Number(-7L).End();

        Assert.Equal($"{expected},,-7\r\n", Encoding.UTF8.GetString(line.Take()));
    }

    [Fact]
    public async Task Observations_AsCsv_AreRfc4180WithHeaderAndFileName()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("virtual-ward-capacity", "QXU", Figures.June, -1.5),
            Figures.Absent("virtual-ward-patients", "QXU", Figures.June, AbsenceCode.Suppressed));

        using var response = await host.GetAsync("/api/v1/observations", ("Accept", "text/csv, application/json;q=0.5"));
        var text = await response.TextAsync();

        Assert.Equal("text/csv; charset=utf-8; header=present", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(("attachment", "observations.csv"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        Assert.Equal(
            "metric,organisation,periodStart,periodEnd,value,absence,unit,breakNote,methodSince,shared,simulated,publication,row,recordedAt\r\n"
            + $"virtual-ward-capacity,QXU,2024-05-31T23:00:00Z,2024-06-30T23:00:00Z,-1.5,,beds,,2024-04-01,false,false,{Figures.Publication},7,2024-07-11T09:30:00Z\r\n"
            + $"virtual-ward-patients,QXU,2024-05-31T23:00:00Z,2024-06-30T23:00:00Z,,suppressed,patients,,2024-04-01,false,false,{Figures.Publication},7,2024-07-11T09:30:00Z\r\n",
            text);
    }

    [Theory]
    [InlineData("/api/v1/observations.csv?limit=1", "virtual-ward-capacity")]
    [InlineData("/api/v1/observations/latest.csv?limit=1", "virtual-ward-capacity")]
    public async Task Observations_AsCsvWithMoreToCome_LinkTheNextPage(string address, string metric)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Of("virtual-ward-capacity", "QXU", Figures.June, 1), Figures.Of("virtual-ward-patients", "QXU", Figures.June, 1));

        using var response = await host.GetAsync(address);
        var next = response.Headers.GetValues("Link").Single().Split('<', '>')[1];
        using var second = await host.GetAsync(next);

        Assert.Equal(metric, Assert.Single(CsvFiles.Read(await response.TextAsync()))["metric"]);
        Assert.Equal("virtual-ward-patients", Assert.Single(CsvFiles.Read(await second.TextAsync()))["metric"]);
        Assert.False(second.Headers.Contains("Link"));
    }

    [Fact]
    public async Task Steps_AsCsv_HaveCountsAndNoValueWhereThereIsNone()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Absent("virtual-ward-patients", "QXU", Figures.June, AbsenceCode.Late));

        using var response = await host.GetAsync(
            "/api/v1/observations.csv?metric=virtual-ward-patients&organisation=QXU&from=2024-01-01&to=2025-01-01&step=month&aggregate=mean");
        var row = Assert.Single(CsvFiles.Read(await response.TextAsync()));

        Assert.Equal(("", "0", "1", "mean"), (row["value"], row["count"], row["absences"], row["aggregate"]));
    }

    private static string RoundTrip(string text)
    {
        var line = new CsvLine();
        line.Text("column").Text("other").End();
        line.Text(text).Text("x").End();
        return Assert.Single(CsvFiles.Read(Encoding.UTF8.GetString(line.Take())))["column"];
    }
}
