using System.Globalization;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using MetricsHub.Tests.Sources;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>Publishers' files with one mistake each: what is refused has file, row and field, and everything else is kept.</summary>
public sealed class CheckedIntakeTests
{
    private const string Wrong = "wrong.csv";
    private static readonly Period September = LondonCalendar.Month(2024, 9);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("A1", "*10", CheckKinds.UnitSlip, "looks like another power of ten: 10 times the median of its last 8 figures", "ambulance-calls-answered")]
    [InlineData("A32", "/60", CheckKinds.UnitSlip, "looks like another unit of time: 0.0165 times the median of its last 8 figures", "ambulance-category-2-response-90th-centile")]
    [InlineData("A35", "*30", CheckKinds.Plausible, "outside the plausible range [0, 259200]", "ambulance-category-3-response-90th-centile")]
    [InlineData("A7", "-5", CheckKinds.None, "a count cannot be negative", "A7, 2024-09")]
    [InlineData("A1", "12.5", CheckKinds.None, "a count has no fraction", "A1, 2024-09")]
    [InlineData("A26", "400", CheckKinds.NotAbove, "exceeds ambulance-category-1-response-90th-centile of 400", "ambulance-category-1-response-90th-centile", "ambulance-category-1-response-mean")]
    [InlineData(
        "A7", "50000", CheckKinds.Parts, "ambulance-category-1-incidents + ambulance-category-2-incidents + ambulance-category-3-incidents of 85891 exceeds ambulance-incidents of 50000",
        "ambulance-category-1-incidents", "ambulance-category-2-incidents", "ambulance-category-3-incidents", "ambulance-incidents")]
    public async Task Collect_OneFigureThatCannotBe_RefusesItWithRowFieldAndReasonAndKeepsTheRest(
        string column, string mistake, CheckKinds check, string reason, params string[] fields)
    {
        await using var hub = await WithHistoryAsync();
        hub.Drop(AmbulanceFiles.Source, Wrong, AmbulanceFiles.Month(9, column, text => Apply(mistake, text)));

        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);

        var rejections = await hub.Ledger.ListRejectionsAsync(AmbulanceFiles.Source, null, null, 100, Cancellation);
        Assert.Equal(fields, rejections.Select(entry => entry.Rejection.Field));
        Assert.All(rejections, entry =>
        {
            Assert.Equal((Wrong, AmbulanceFiles.LondonRow, check), (entry.FileName, entry.Rejection.Row, entry.Rejection.Checks));
            Assert.Contains(reason, entry.Rejection.Reason, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Rejection.Text!);
        });
        var statements = await hub.Store.ReadAsync(new StatementQuery(SeriesSelection.All, September.Start, September.End), Cancellation);
        var refused = statements.Where(statement => statement.Figure.Absence == AbsenceCode.Rejected).ToList();
        string[] metrics = check == CheckKinds.None ? [column == "A7" ? "ambulance-incidents" : "ambulance-calls-answered"] : fields;
        Assert.Equal(metrics, refused.Select(statement => statement.Series.Metric.ToString()));
        Assert.All(refused, statement => Assert.Equal("RRU", statement.Series.Organisation.ToString()));
        var publication = (await hub.Ledger.ListPublicationsAsync(AmbulanceFiles.Source, null, 1, Cancellation))[0];
        Assert.True(publication.Tally.Balances);
        Assert.Equal((154 - fields.Length, 0, fields.Length), (publication.Tally.Observations, publication.Tally.Absences, publication.Tally.CellsRejected));
        Assert.Equal(publication.Tally.Observations, statements.Count - refused.Count);
    }

    [Fact]
    public async Task Collect_MonthThatHasNotCome_StoresNothingOfItsRows()
    {
        await using var hub = TestHub.Empty();
        hub.Drop(AmbulanceFiles.Source, Wrong, [.. AmbulanceFiles.Months(1, 1), .. AmbulanceFiles.Months(37, 1)[(AmbulanceFiles.Months(37, 1).AsSpan().IndexOf((byte)'\n') + 1)..]]);

        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);

        var publication = Assert.Single(await hub.Ledger.ListPublicationsAsync(AmbulanceFiles.Source, null, 10, Cancellation));
        Assert.Equal((11, 11, 154), (publication.Tally.RowsAccepted, publication.Tally.RowsRejected, publication.Tally.CellsExpected));
        Assert.True(publication.Tally.Balances);
        Assert.Equal(LondonCalendar.Month(2024, 1), publication.Periods);
        var rejections = await hub.Ledger.ListRejectionsAsync(null, null, null, 100, Cancellation);
        Assert.Equal(11, rejections.Count);
        Assert.All(rejections, entry => Assert.Equal((CheckKinds.Future, null), (entry.Rejection.Checks, entry.Rejection.Field)));
        Assert.All(
            await hub.Store.ListSeriesAsync(SeriesSelection.All, Cancellation), extent => Assert.Equal(LondonCalendar.Month(2024, 1).End, extent.LastPeriodEnd));
    }

    [Fact]
    public async Task Collect_MoreOccupiedThanCapacityAllows_RefusesBoth()
    {
        await using var hub = TestHub.Empty();
        var july = WorkbookEdit.Rewrite(Samples.Read("nhs-england-virtual-ward/VW202307.xlsx"), (name, text) =>
            name.Contains("worksheets/sheet2", StringComparison.Ordinal)
                ? System.Text.RegularExpressions.Regex.Replace(text, "<c r=\"F58\"([^>]*)><v>121</v></c>", "<c r=\"F58\"$1><v>12</v></c>")
                : text);
        hub.Drop(TestHub.VirtualWard, "july.xlsx", july);

        await hub.Collector.CollectAsync(TestHub.VirtualWard, Cancellation);

        var rejections = (await hub.Ledger.ListRejectionsAsync(null, null, null, 100, Cancellation)).Select(entry => entry.Rejection).ToList();
        Assert.Equal(
            [("Occupancy %", CheckKinds.None), ("virtual-ward-capacity", CheckKinds.NotAbove), ("virtual-ward-patients", CheckKinds.NotAbove)],
            rejections.Select(rejection => (rejection.Field, rejection.Checks)));
        Assert.All(rejections, rejection => Assert.Equal(58, rejection.Row));
        Assert.All(rejections.Skip(1), rejection => Assert.Contains("virtual-ward-patients of 74 exceeds virtual-ward-capacity of 12 by more than 4 times", rejection.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("keep", 0)]
    [InlineData("refuse", 1)]
    public async Task Collect_OrganisationThatTheCatalogueDoesNotKnow_IsKeptOrRefusedAsTheSourceSays(string rule, int refused)
    {
        await using var hub = TestHub.Empty(catalogue => catalogue.Append($"sources/{AmbulanceFiles.Source}.yaml", $"unknownOrganisations: {rule}"));
        hub.Drop(AmbulanceFiles.Source, "strange.csv", AmbulanceFiles.Month(1, "Org Code", _ => "X9X"));

        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);

        var rejections = await hub.Ledger.ListRejectionsAsync(null, null, null, 100, Cancellation);
        Assert.Equal(refused, rejections.Count);
        Assert.All(rejections, entry => Assert.Equal(
            (AmbulanceFiles.LondonRow, null, "the catalogue has no organisation X9X", CheckKinds.UnknownOrganisation),
            (entry.Rejection.Row, entry.Rejection.Field, entry.Rejection.Reason, entry.Rejection.Checks)));
        Assert.Equal(
            refused == 0, (await hub.Store.ListSeriesAsync(SeriesSelection.All, Cancellation)).Any(extent => extent.Series.Organisation.ToString() == "X9X"));
    }

    /// <summary>A hub that knows the months January to August 2024.</summary>
    private static async Task<TestHub> WithHistoryAsync()
    {
        var hub = TestHub.Empty();
        hub.Drop(AmbulanceFiles.Source, "history.csv", AmbulanceFiles.Months(1, 8));
        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);
        return hub;
    }

    private static string Apply(string mistake, string text) => mistake[0] switch
    {
        '*' => Text(Number(text) * Number(mistake[1..])),
        '/' => Text(Number(text) / Number(mistake[1..])),
        _ => mistake,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
