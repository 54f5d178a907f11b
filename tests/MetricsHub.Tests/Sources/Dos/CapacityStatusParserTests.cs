using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;
using MetricsHub.Sources.Dos;
using Xunit;

namespace MetricsHub.Tests.Sources.Dos;

public sealed class CapacityStatusParserTests
{
    private static readonly DateTimeOffset Looked = new(2026, 11, 22, 9, 7, 12, TimeSpan.Zero);

    private static readonly DosService[] Services =
    [
        new("149198", new OrganisationCode("SIMU1"), new MetricKey("utc-capacity-status")),
        new("149199", new OrganisationCode("SIMU2"), new MetricKey("utc-capacity-status")),
    ];

    [Theory]
    [InlineData("GREEN", 1)]
    [InlineData("amber", 2)]
    [InlineData(" RED ", 3)]
    public void Parse_StatusThatHolds_IsItsNumberForTheQuarterHour(string status, int level)
    {
        var statement = Assert.Single(Parse(Answer("149198", status, "2026-11-22T13:07:12Z")).Statements);

        Assert.Equal(Figure.Of(level), statement.Figure);
        Assert.Equal("2026-11-22T09:00:00Z/2026-11-22T09:15:00Z", statement.Period.ToString());
        Assert.Equal("SIMU1", statement.Series.Organisation.ToString());
    }

    [Theory]
    [InlineData("RED", 0)]
    [InlineData("AMBER", -1)]
    [InlineData("GREEN", -1)]
    public void Parse_StatusPastItsReset_IsLateWhateverItsColour(string status, int secondsToReset)
    {
        var statement = Assert.Single(Parse(Answer("149198", status, Looked.AddSeconds(secondsToReset).ToString("O"))).Statements);

        Assert.Equal(Figure.Absent(AbsenceCode.Late), statement.Figure);
    }

    [Fact]
    public void Parse_OneSecondBeforeItsReset_Holds() =>
        Assert.Equal(Figure.Of(3), Assert.Single(Parse(Answer("149198", "RED", Looked.AddSeconds(1).ToString("O"))).Statements).Figure);

    [Fact]
    public void Parse_NoStatus_IsLateAndNeverGreen() =>
        Assert.Equal(Figure.Absent(AbsenceCode.Late), Assert.Single(Parse("""{ "id": "149198" }""").Statements).Figure);

    [Fact]
    public void Parse_NoAnswer_IsSourceDown() =>
        Assert.Equal(
            Figure.Absent(AbsenceCode.SourceDown),
            Assert.Single(Parse("""{ "id": "149198", "failure": "answered 503 Service Unavailable." }""").Statements).Figure);

    [Fact]
    public void Parse_UnknownColourResetAndService_AreRejectedByFieldAndTheRestIsKept()
    {
        var parsed = Parse(
            Answer("149198", "PURPLE", "2026-11-22T13:07:12Z"), Answer("7", "RED", "2026-11-22T13:07:12Z"), Answer("149199", "GREEN", "soon"));

        Assert.True(parsed.Tally.Balances);
        Assert.Equal(["1 status", "2 ", "3 resetDateTime"], parsed.Rejections.Select(rejection => $"{rejection.Row} {rejection.Field}"));
        Assert.All(parsed.Statements, statement => Assert.Equal(Figure.Absent(AbsenceCode.Rejected), statement.Figure));
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "services": [] }""")]
    public void Parse_SomethingElse_IsRefusedAsAWhole(string text) =>
        Assert.Throws<PublicationFormatException>(() => new CapacityStatusParser(Services).Parse(new PublicationContent(Encoding.UTF8.GetBytes(text), "capacity-status.json", null)));

    private static string Answer(string id, string status, string reset) =>
        $$"""{ "id": "{{id}}", "status": "{{status}}", "resetDateTime": "{{reset}}", "modifiedDate": "2026-11-22T08:00:00Z" }""";

    private static ParsedPublication Parse(params string[] answers)
    {
        var text = $$"""{ "retrievedAt": "{{Looked:O}}", "services": [{{string.Join(',', answers)}}] }""";
        return new CapacityStatusParser(Services).Parse(new PublicationContent(Encoding.UTF8.GetBytes(text), "capacity-status.json", null));
    }
}
