using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Tables;
using Xunit;

namespace MetricsHub.Tests.Sources.Tables;

/// <summary>The CSV twin of the measure reports that hospitals push: no parser of its own, a mapping reads it.</summary>
public sealed class SanerTableTests
{
    // The columns and the American dates are SANER's; the figures are made up.
    private const string File = """
        orgid,collectionDate,numTotBeds,numbeds,numBedsOcc,numICUBeds,numNICUBeds,numICUBedsOcc,numNICUBedsOcc,numVent,numVentUse,numC19Died
        12345,5/9/2026,150,125,100,20,4,15,1,40,15,1
        12345,5/10/2026,150,"1,250",,20,4,16,1,40,15,1

        """;

    [Fact]
    public void Parse_SanerCsv_IsReadByAMapping()
    {
        var parser = new TableParser(new TableDefinition(
            TableFormat.Csv,
            Sheet: null,
            Rows: "",
            new TableOrganisation("orgid", new Dictionary<string, OrganisationCode> { ["12345"] = new("RTP") }, Code: null),
            new TableTime("collectionDate", ["M/d/yyyy"], LondonCalendar.Zone, AmbiguousTime.Refuse),
            new Dictionary<string, AbsenceCode> { [""] = AbsenceCode.Late },
            [Figure("beds-open", "numbeds"), Figure("beds-occupied", "numBedsOcc"), Figure("critical-care-occupied", "numICUBedsOcc")]));

        var parsed = parser.Parse(new PublicationContent(Encoding.UTF8.GetBytes(File), "saner.csv", null));

        Assert.True(parsed.Tally.Balances);
        Assert.Empty(parsed.Rejections);
        Assert.Equal(
            [
                "beds-open@RTP 2026-05-09 125", "beds-occupied@RTP 2026-05-09 100", "critical-care-occupied@RTP 2026-05-09 15",
                "beds-open@RTP 2026-05-10 1250", "beds-occupied@RTP 2026-05-10 late", "critical-care-occupied@RTP 2026-05-10 16",
            ],
            parsed.Statements.Select(statement => $"{statement.Series} {LondonCalendar.DateOf(statement.Period.Start):yyyy-MM-dd} {statement.Figure}"));
    }

    private static TableFigure Figure(string metric, string field) =>
        new(new MetricKey(metric), field, Cadence.Day, MeasureKind.Snapshot, UnitConversion.None);
}
