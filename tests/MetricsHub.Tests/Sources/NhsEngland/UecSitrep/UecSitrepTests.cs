using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Blocks;
using MetricsHub.Sources.NhsEngland.UecSitrep;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.UecSitrep;

public sealed class UecSitrepTests
{
    private static readonly ParsedPublication Daily = Parse(UecSitrepKinds.Daily, UecSitrepWorkbooks.Daily());

    private static readonly ParsedPublication Handover = Parse(UecSitrepKinds.AmbulanceHandover, UecSitrepWorkbooks.AmbulanceHandover());

    [Theory]
    [InlineData("Adult G&A beds", "adult-general-acute-beds-open", "ga_open")]
    [InlineData("Adult G&A beds", "adult-general-acute-beds-occupied", "ga_occupied")]
    [InlineData("Adult G&A beds", "adult-general-acute-beds-void", "ga_void")]
    [InlineData("Paediatric G&A beds", "paediatric-general-acute-beds-open", "ga_open")]
    [InlineData("Paediatric G&A beds", "paediatric-general-acute-beds-occupied", "ga_occupied")]
    [InlineData("Paediatric G&A beds", "paediatric-general-acute-beds-void", "ga_void")]
    [InlineData("Adult critical care", "adult-critical-care-beds-open", "cc_open")]
    [InlineData("Adult critical care", "adult-critical-care-beds-occupied", "cc_occupied")]
    [InlineData("Beds Occ by long stay patients ", "beds-occupied-over-7-days", "over_7")]
    [InlineData("Beds Occ by long stay patients ", "beds-occupied-over-21-days", "over_21")]
    [InlineData("A&E Closures", "ed-closures", "closures")]
    [InlineData("A&E Diverts", "ed-diverts", "diverts")]
    [InlineData("Ambulance Arrivals and Delays", "ambulance-handover-30-to-60-minutes", "delay_30_60")]
    [InlineData("Ambulance Arrivals and Delays", "ambulance-handover-over-60-minutes", "delay_over_60")]
    public void Parse_EveryCellOfTheCut_IsStatedForItsDay(string sheet, string metric, string column)
    {
        // Two specialist trusts state more patients over 21 days than over 7 on all three days: both cells are refused.
        string[] refused = metric.StartsWith("beds-occupied-over", StringComparison.Ordinal) ? ["RAN", "RL1"] : [];
        var days = metric is "ed-closures" or "ed-diverts" ? -1 : 0;
        var expected = UecSitrepWorkbooks.TrustsOf(sheet)
            .SelectMany(code => UecSitrepWorkbooks.Dates, (code, date) => (
                code,
                LondonCalendar.Day(date.AddDays(days)),
                refused.Contains(code) ? Figure.Absent(AbsenceCode.Rejected) : Of(UecSitrepWorkbooks.Figure(code, date, column))))
            .ToHashSet();

        var stated = (column.StartsWith("delay", StringComparison.Ordinal) ? Handover : Daily).Statements
            .Where(statement => statement.Series.Metric == new MetricKey(metric))
            .Select(statement => (statement.Series.Organisation.ToString(), statement.Period, statement.Figure))
            .ToList();

        Assert.Equal(expected.Count, stated.Count);
        Assert.True(expected.SetEquals(stated));
    }

    [Fact]
    public void Parse_Daily_AccountsForEveryRow()
    {
        // 16 + 3 trusts with beds of one kind, 131 with critical care, 137 with long stays, closures and diverts; in each of six
        // sheets England, a footnote, and three blank rows.
        Assert.Equal((16 + 3 + 131 + (3 * 137), 6, 18, 6, 0), (
            Daily.Tally.RowsAccepted, Daily.Tally.RowsSetAsideAsTotal, Daily.Tally.RowsSetAsideAsBlank, Daily.Tally.RowsSetAsideAsNote, Daily.Tally.RowsRejected));
        Assert.Equal(3 * ((3 * (16 + 3)) + (2 * (131 + 137)) + (2 * 137)), Daily.Tally.CellsExpected);
        Assert.Equal(12, Daily.Tally.CellsRejected);
        Assert.True(Daily.Tally.Balances);
        Assert.Equal(new DateTimeOffset(2022, 12, 29, 0, 0, 0, TimeSpan.Zero), Daily.PublishedAt);
    }

    [Fact]
    public void Parse_PartLargerThanItsWhole_RejectsBothCells() =>
        Assert.Contains(
            ("Beds Occ by long stay patients: > 21 days, 24 December 2022", "17 of 11: a part cannot exceed its whole"),
            Daily.Rejections.Select(rejection => (rejection.Field, rejection.Reason)));

    [Theory]
    [InlineData("RGM", 2022, 12, 25, "beds-occupied-over-7-days")]
    [InlineData("RGM", 2022, 12, 25, "adult-critical-care-beds-open")]
    [InlineData("RRJ", 2022, 12, 24, "ed-diverts")]
    public void Parse_DashOrNothing_IsLate(string code, int year, int month, int day, string metric) =>
        Assert.Equal(Figure.Absent(AbsenceCode.Late), Daily.Statements.Single(statement =>
            statement.Series == new SeriesKey(new MetricKey(metric), new OrganisationCode(code))
            && statement.Period == LondonCalendar.Day(new DateOnly(year, month, day))).Figure);

    [Fact]
    public void Parse_Daily_ReconcilesWithEngland() =>
        Assert.Equal((ReconciliationOutcome.Reconciled, 3 * (3 + 3 + 2 + 2 + 1 + 1)), (Daily.Reconciliation.Outcome, Daily.Reconciliation.FieldsCompared));

    /// <summary>The trusts of the tidied file lack a few delays that England has; added up outside the hub, they give the same.</summary>
    [Fact]
    public void Parse_Handover_ShowsWhatTheTrustsLackOfEngland() =>
        Assert.Equal(
            [(1842, 1826), (1679, 1650), (1853, 1850), (1647, 1639), (1886, 1875), (2302, 2290)],
            Handover.Reconciliation.Differences.Select(difference => (difference.Stated, difference.Summed)));

    private static Figure Of(string text) =>
        text is "" or "-" ? Figure.Absent(AbsenceCode.Late) : Figure.Of(double.Parse(text, CultureInfo.InvariantCulture));

    private static ParsedPublication Parse(BlockWorkbookKind kind, byte[] bytes) =>
        new BlockWorkbookParser(kind).Parse(new PublicationContent(bytes, "sitrep.xlsx", null));
}
