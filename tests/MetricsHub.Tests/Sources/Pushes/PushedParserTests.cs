using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;
using MetricsHub.Sources.Pushes;
using MetricsHub.Sources.Tables;
using Xunit;

namespace MetricsHub.Tests.Sources.Pushes;

public sealed class PushedParserTests
{
    private static readonly PushedParser Parser = new(PushedSamples.Definition);

    [Theory]
    [InlineData("waiting", "2026-11-22T10:15:00Z", "2026-11-22T10:00:00Z/2026-11-22T10:15:00Z")]
    [InlineData("waiting", "2026-11-22T10:15:00.0000001Z", "2026-11-22T10:15:00Z/2026-11-22T10:30:00Z")]
    [InlineData("waiting", "2026-07-01T00:05:00+01:00", "2026-06-30T23:00:00Z/2026-06-30T23:15:00Z")]
    [InlineData("arrivals", "2026-07-01", "2026-06-30T23:00:00Z/2026-07-01T23:00:00Z")]
    [InlineData("arrivals", "2026-10-25", "2026-10-24T23:00:00Z/2026-10-26T00:00:00Z")]
    [InlineData("arrivals", "2026-07-01T23:30:00Z", "2026-07-01T23:00:00Z/2026-07-02T23:00:00Z")]
    [InlineData("contacts", "2026-07-15", "2026-06-30T23:00:00Z/2026-07-31T23:00:00Z")]
    public void Parse_Time_IsThePeriodThatItClosesOrHolds(string metric, string at, string period)
    {
        var statement = Assert.Single(Parse($$"""[{"metric":"{{metric}}","organisation":"RTP","at":"{{at}}","value":1}]""").Statements);

        Assert.Equal(period, statement.Period.ToString());
    }

    [Theory]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T10:15:00")]
    [InlineData("2026-11-22 10:15:00Z")]
    [InlineData("22/11/2026 10:15")]
    [InlineData("1999-11-22T10:15:00Z")]
    [InlineData("2026-02-30T10:15:00Z")]
    [InlineData("")]
    public void Parse_TimeOfAQuarterHourThatIsNoInstant_RejectsTheRow(string at)
    {
        var parsed = Parse($$"""[{"metric":"waiting","organisation":"RTP","at":"{{at}}","value":1}]""");

        Assert.Empty(parsed.Statements);
        Assert.Equal("at", Assert.Single(parsed.Rejections).Field);
    }

    [Theory]
    [InlineData("\"value\":1,\"absence\":\"late\"", "value", "a row states a value or an absence, not both")]
    [InlineData("\"value\":null", "value", "a row states a value or an absence")]
    [InlineData("\"absence\":\"gone\"", "absence", "'gone' is no absence, which are not-due, late, source-down, rejected, suppressed, not-applicable, withdrawn")]
    [InlineData("\"value\":-1", "value", "a figure cannot be negative")]
    [InlineData("\"value\":1e999", "value", "not a number")]
    public void Parse_FigureThatIsNone_LeavesARejectedAbsence(string figure, string field, string reason)
    {
        var parsed = Parse($$"""[{"metric":"waiting","organisation":"RTP","at":"2026-11-22T10:15:00Z",{{figure}}}]""");

        Assert.Equal((field, reason), (Assert.Single(parsed.Rejections).Field, parsed.Rejections[0].Reason));
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), Assert.Single(parsed.Statements).Figure);
        Assert.True(parsed.Tally.Balances);
    }

    [Fact]
    public void Parse_TwoRowsThatContradictEachOther_RejectsBoth()
    {
        var parsed = Parse($"[{Waiting(1, "10:15:00")},{Waiting(2, "10:15:00")},{Waiting(1, "10:15:00")}]");

        Assert.Equal([1, 2, 3], parsed.Rejections.Select(rejection => rejection.Row).Distinct());
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), Assert.Single(parsed.Statements).Figure);
    }

    [Fact]
    public void Parse_TwoSnapshotsOfOnePeriod_KeepsTheLaterOne()
    {
        var parsed = Parse($"[{Waiting(2, "10:14:00")},{Waiting(1, "10:05:00")}]");

        Assert.Empty(parsed.Rejections);
        Assert.Equal(Figure.Of(2), Assert.Single(parsed.Statements).Figure);
    }

    [Fact]
    public void Parse_RowTwice_IsOne()
    {
        var parsed = Parse($"[{Waiting(1, "10:15:00")},{Waiting(1, "10:15:00")}]");

        Assert.Equal((2, "row 1 says the same already"), (Assert.Single(parsed.Rejections).Row, parsed.Rejections[0].Reason));
        Assert.Equal(Figure.Of(1), Assert.Single(parsed.Statements).Figure);
    }

    [Theory]
    [InlineData("waiting,RTP,2026-11-22T10:15:00Z,\"1,234\"", "1234")]
    [InlineData(" waiting , rtp ,2026-11-22T10:15:00Z, 12.5 ", "12.5")]
    public void Parse_Csv_ReadsNumbersAsTablesWriteThem(string row, string figure) =>
        Assert.Equal(figure, Assert.Single(Parse($"metric,organisation,at,value\n{row}\n").Statements).Figure.ToString());

    [Theory]
    [InlineData("waiting,RTP,2026-11-22T10:15:00Z\n", "the row has 3 cells and the header row 4")]
    [InlineData("\n", "an empty row")]
    public void Parse_CsvRowThatIsNone_IsRejectedByItself(string row, string reason)
    {
        var parsed = Parse($"metric,organisation,at,value\n{row}waiting,RTP,2026-11-22T10:15:00Z,1\n");

        Assert.Equal((2, null, reason), (Assert.Single(parsed.Rejections).Row, parsed.Rejections[0].Field, parsed.Rejections[0].Reason));
        Assert.Equal(3, Assert.Single(parsed.Statements).Row);
    }

    private static string Waiting(int value, string time) => $$"""{"metric":"waiting","organisation":"RTP","at":"2026-11-22T{{time}}Z","value":{{value}}}""";

    private static ParsedPublication Parse(string body) => Parser.Parse(new PublicationContent(Encoding.UTF8.GetBytes(body), "push", null));
}

/// <summary>A source that takes figures of every rhythm, in FHIR too.</summary>
internal static class PushedSamples
{
    public static readonly PushedDefinition Definition = new(
        new[]
        {
            Figure("waiting", Cadence.QuarterHour, MeasureKind.Snapshot),
            Figure("arrivals", Cadence.Day, MeasureKind.Flow),
            Figure("beds", Cadence.Day, MeasureKind.Snapshot),
            Figure("contacts", Cadence.Month, MeasureKind.Flow),
        }.ToDictionary(figure => figure.Metric),
        new HashSet<OrganisationCode> { new("RTP") },
        new FhirMapping(
            new HashSet<string> { "http://example.org/Measure/a" },
            new Dictionary<string, MetricKey> { ["Beds/num"] = new("beds"), ["num"] = new("waiting"), ["arrivals"] = new("arrivals"), ["contacts"] = new("contacts") }));

    private static TableFigure Figure(string metric, Cadence cadence, MeasureKind measure) => new(new MetricKey(metric), "value", cadence, measure, UnitConversion.None);
}
