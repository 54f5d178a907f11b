using System.Text;
using System.Text.Json.Nodes;
using MetricsHub.Domain.Observations;
using MetricsHub.Sources;
using MetricsHub.Sources.Pushes;
using Xunit;

namespace MetricsHub.Tests.Sources.Pushes;

public sealed class FhirReportsTests
{
    private const string System = "https://fhir.nhs.uk/Id/ods-organization-code";

    private static readonly PushedParser Parser = new(PushedSamples.Definition);

    [Theory]
    [InlineData("unknown", AbsenceCode.Late)]
    [InlineData("asked-unknown", AbsenceCode.Late)]
    [InlineData("temp-unknown", AbsenceCode.Late)]
    [InlineData("not-asked", AbsenceCode.NotDue)]
    [InlineData("asked-declined", AbsenceCode.Suppressed)]
    [InlineData("masked", AbsenceCode.Suppressed)]
    [InlineData("not-permitted", AbsenceCode.Suppressed)]
    [InlineData("not-applicable", AbsenceCode.NotApplicable)]
    [InlineData("not-performed", AbsenceCode.NotApplicable)]
    [InlineData("unsupported", AbsenceCode.NotApplicable)]
    [InlineData("error", AbsenceCode.SourceDown)]
    public void Parse_ReasonForNoCount_IsAnAbsence(string reason, AbsenceCode absence)
    {
        var parsed = Parse(Report(Absent("num", reason)));

        Assert.Empty(parsed.Rejections);
        Assert.Equal(Figure.Absent(absence), Assert.Single(parsed.Statements).Figure);
    }

    [Theory]
    [InlineData("as-text")]
    [InlineData("not-a-number")]
    [InlineData("positive-infinity")]
    [InlineData("made-up")]
    public void Parse_ReasonThatStandsForAFigureOrNothing_IsRejected(string reason)
    {
        var parsed = Parse(Report(Absent("num", reason)));

        Assert.Contains($"'{reason}' is no absence", Assert.Single(parsed.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), Assert.Single(parsed.Statements).Figure);
    }

    [Fact]
    public void Parse_NeitherCountNorReason_IsRejected() =>
        Assert.Equal("value", Assert.Single(Parse(Report("""{ "code": { "coding": [{ "code": "num" }] } }""")).Rejections).Field);

    [Fact]
    public void Parse_CodeThatIsMappedForItsGroup_IsThatMetric()
    {
        var parsed = Parse(Report(Counted("num", 5)), report => report["group"]![0]!["code"] = JsonNode.Parse("""{ "coding": [{ "code": "Beds" }] }"""));

        Assert.Equal("beds@RTP", Assert.Single(parsed.Statements).Series.ToString());
    }

    [Theory]
    [InlineData("num", "2026-11-22T10:00:00Z", "2026-11-22T10:15:00Z", "2026-11-22T10:00:00Z/2026-11-22T10:15:00Z")]
    [InlineData("num", null, "2026-11-22T10:20:00+00:00", "2026-11-22T10:15:00Z/2026-11-22T10:30:00Z")]
    [InlineData("arrivals", "2026-07-01", "2026-07-01", "2026-06-30T23:00:00Z/2026-07-01T23:00:00Z")]
    [InlineData("arrivals", "2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z", "2026-11-22T00:00:00Z/2026-11-23T00:00:00Z")]
    [InlineData("arrivals", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-22T00:00:00Z/2026-11-23T00:00:00Z")]
    [InlineData("contacts", "2026-07", "2026-07", "2026-06-30T23:00:00Z/2026-07-31T23:00:00Z")]
    [InlineData("contacts", "2026-07-01", "2026-07-31", "2026-06-30T23:00:00Z/2026-07-31T23:00:00Z")]
    public void Parse_PeriodOfTheReport_IsTheFigures(string code, string? start, string end, string period) =>
        Assert.Equal(period, Assert.Single(Parse(Report(Counted(code, 5)), report => SetPeriod(report, start, end)).Statements).Period.ToString());

    [Theory]
    [InlineData("num", "2026-11-22", "2026-11-22")]
    [InlineData("num", "2026-11-22T10:00:00Z", null)]
    [InlineData("arrivals", "2026-11-21", "2026-11-22")]
    [InlineData("arrivals", "2026-11-22T00:00:00Z", "2026-11-22T18:00:00Z")]
    [InlineData("arrivals", null, "2026-11-22")]
    [InlineData("contacts", "2026-07-01", "2026-07-30")]
    public void Parse_PeriodThatIsNotTheMetrics_IsRejected(string code, string? start, string? end)
    {
        var parsed = Parse(Report(Counted(code, 5)), report => SetPeriod(report, start, end));

        Assert.Equal("period", Assert.Single(parsed.Rejections).Field);
        Assert.Empty(parsed.Statements);
    }

    [Fact]
    public void Parse_SubjectAndReporter_SpeaksOfTheSubject()
    {
        var parsed = Parse(Report(Counted("num", 5)), report => report["reporter"] = JsonNode.Parse($$"""{ "identifier": { "system": "{{System}}", "value": "RTG" } }"""));

        Assert.Equal("waiting@RTP", Assert.Single(parsed.Statements).Series.ToString());
    }

    [Fact]
    public void Parse_NobodyWithACode_IsRejected()
    {
        var parsed = Parse(Report(Counted("num", 5)), report => report.Remove("subject"));

        Assert.Equal("subject", Assert.Single(parsed.Rejections).Field);
    }

    [Theory]
    [InlineData("type", "\"individual\"", "of type Individual")]
    [InlineData("status", "\"error\"", "with the status Error")]
    [InlineData("status", "\"done\"", "what FHIR does not allow")]
    [InlineData("actor", "\"somebody\"", "what FHIR does not allow")]
    [InlineData("measure", "\"http://example.org/Measure/b\"", "of the measure 'http://example.org/Measure/b', which the source does not map")]
    [InlineData("implicitRules", "\"http://example.org/rules\"", "with implicit rules")]
    [InlineData("modifierExtension", """[{ "url": "http://example.org/opposite", "valueBoolean": true }]""", "with implicit rules or a modifier extension")]
    public void Parse_ReportThatMustNotBeReadAsFigures_IsRefused(string member, string value, string found)
    {
        var exception = Assert.Throws<PublicationFormatException>(() => Parse(Report(Counted("num", 5)), report => report[member] = JsonNode.Parse(value)));

        Assert.Contains(found, exception.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Bundle_NumbersThePopulationsOfAllItsReports()
    {
        var bundle = $$"""{ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": {{Report(Counted("num", 5), Counted("none", 1))}} }, { "resource": {{Report(Counted("arrivals", 6))}} }] }""";

        var parsed = Parse(bundle);

        Assert.Equal([(1, "5"), (2, null), (3, null)], Enumerable.Range(1, 3).Select(row => (row, parsed.Statements.SingleOrDefault(statement => statement.Row == row)?.Figure.ToString())));
        Assert.Equal(["population", "period"], parsed.Rejections.Select(rejection => rejection.Field));
    }

    [Fact]
    public void Parse_BundleThatHoldsAnythingElse_IsRefused()
    {
        var bundle = $$"""{ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": {{Report(Counted("num", 5))}} }, { "resource": { "resourceType": "Patient", "active": true } }] }""";

        var exception = Assert.Throws<PublicationFormatException>(() => Parse(bundle));

        Assert.Equal("Bundle.entry[1]: Patient", exception.Found);
    }

    [Fact]
    public void Parse_SourceThatMapsNoReport_IsRefused()
    {
        var parser = new PushedParser(PushedSamples.Definition with { Fhir = null });

        Assert.Throws<PublicationFormatException>(() => parser.Parse(new PublicationContent(Encoding.UTF8.GetBytes(Report(Counted("num", 5))), "push", null)));
    }

    private static string Counted(string code, int count) => $$"""{ "code": { "coding": [{ "code": "{{code}}" }] }, "count": {{count}} }""";

    private static string Absent(string code, string reason) =>
        $$"""{ "code": { "coding": [{ "code": "{{code}}" }] }, "_count": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "{{reason}}" }] } }""";

    private static string Report(params string[] populations) => $$"""
        {
          "resourceType": "MeasureReport", "status": "complete", "type": "summary", "measure": "http://example.org/Measure/a",
          "subject": { "identifier": { "system": "{{System}}", "value": "RTP" } },
          "period": { "start": "2026-11-22T10:00:00Z", "end": "2026-11-22T10:15:00Z" },
          "group": [{ "population": [{{string.Join(',', populations)}}] }]
        }
        """;

    private static void SetPeriod(JsonObject report, string? start, string? end)
    {
        var period = new JsonObject();
        foreach (var (name, value) in new[] { ("start", start), ("end", end) })
        {
            if (value is not null)
            {
                period[name] = value;
            }
        }

        report["period"] = period;
    }

    private static ParsedPublication Parse(string body, Action<JsonObject>? change = null)
    {
        var resource = JsonNode.Parse(body)!.AsObject();
        change?.Invoke(resource);
        return Parser.Parse(new PublicationContent(Encoding.UTF8.GetBytes(resource.ToJsonString()), "push", null));
    }
}
