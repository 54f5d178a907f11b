using MetricsHub.Api;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests;

/// <summary>The whole way, from publishers' files to levels: the bundled samples collected once, then looked at.</summary>
public sealed class SamplesTests(SamplesTests.CollectedSamples samples) : IClassFixture<SamplesTests.CollectedSamples>
{
    private static readonly SourceKey UecDailySitrep = new("nhs-england-uec-daily-sitrep");
    private static readonly SourceKey DentalAcceptance = new("nhsuk-dental-acceptance");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2024, 6, true)]
    [InlineData(2024, 12, false)]
    [InlineData(2025, 12, false)]
    public async Task Escalation_EverySystemAtMonthEnd_HasALevel(int year, int month, bool virtualWardThere)
    {
        var slot = LondonCalendar.Month(year, month);
        var systems = samples.Hub.Catalogue.Organisations.All.Where(organisation =>
            organisation.Kind == OrganisationKind.System && organisation.Valid.Contains(LondonCalendar.LastDayOf(slot))).ToList();
        Assert.Equal(42, systems.Count);

        foreach (var system in systems)
        {
            var answer = Access(await samples.Hub.Escalation.ReadAsync(system, slot.End, null, Cancellation)).Reading;

            if ((year, month, system.Code.ToString()) == (2025, 12, "QT1"))
            {
                // Nottingham's urgent treatment is not stated in full: of two inputs one alone could carry level 3.
                Assert.Null(answer.CalculatedLevel);
                Assert.Equal("It would rest on 2 indicators; at least 3 are required.", answer.NotCalculatedBecause);
                Assert.Equal(new LevelBounds(3, 4, 50), answer.Bounds);
            }
            else
            {
                Assert.True(answer.CalculatedLevel is >= 1 and <= 4, $"{system.Code}: {answer.NotCalculatedBecause}");
            }

            var missing = answer.Missing.SingleOrDefault(reading => reading.Indicator.Key == "virtual-ward-occupancy");
            if (virtualWardThere)
            {
                Assert.Null(missing);
                Assert.Contains(answer.Contributions, contribution => contribution.Reading.Indicator.Key == "virtual-ward-occupancy");
            }
            else
            {
                Assert.Equal(AbsenceCode.Late, missing!.Value.Absence);
                Assert.Equal(LondonCalendar.Month(2024, 6), missing.LastPeriod);
            }
        }
    }

    /// <summary>Systems, then regions, then England, each by the sum over those below it: added up here without the steps between.</summary>
    [Fact]
    public async Task RollUp_EnglandInJune_IsTheWeightedMeanOfAllItsSystems()
    {
        var slot = LondonCalendar.Month(2024, 6);
        var (sum, weights) = (0m, 0m);
        foreach (var weight in samples.Hub.Catalogue.RollUpWeights.Where(weight => weight.Valid.Contains(LondonCalendar.LastDayOf(slot))))
        {
            if (samples.Hub.Catalogue.Organisations.Find(weight.Child) is { Kind: OrganisationKind.System } system)
            {
                sum += weight.Weight * Access(await samples.Hub.Escalation.ReadAsync(system, slot.End, null, Cancellation)).Reading.Outcome.Score;
                weights += weight.Weight;
            }
        }

        var england = Assert.Single(await samples.Hub.Services.GetRequiredService<RollUpReader>().ReadAsync(
            samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("ENG"))!, "access-published-monthly", slot.End, null, Cancellation)).Step;

        Assert.Equal(7, england.Parts.Count);
        Assert.Equal(42, england.Parts.Sum(region => region.Step.Parts.Count));
        Assert.Equal((double)(sum / weights), (double)england.Score!.Value, 9);
        Assert.Equal(100, england.CoveragePercent, 9);
        Assert.InRange(england.Level!.Value, england.LowestLevel, england.HighestLevel);
    }

    [Fact]
    public async Task Escalation_Now_IsNotCalculatedAndNamesTheLatestThatCouldBe()
    {
        var bristol = samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("QUY"))!;

        var answer = Access(await samples.Hub.Escalation.ReadAsync(bristol, null, null, Cancellation));

        Assert.Null(answer.Reading.CalculatedLevel);
        Assert.Equal(LondonCalendar.Month(2026, 10), answer.Reading.Slot);
        Assert.All(answer.Reading.Missing, missing => Assert.Equal(AbsenceCode.Late, missing.Value.Absence));
        Assert.Equal(LondonCalendar.Month(2025, 12), answer.LatestCalculated!.Slot);
        Assert.InRange(answer.LatestCalculated.CalculatedLevel, 1, 4);
    }

    [Fact]
    public async Task Escalation_SystemsAroundTheMerger_AreJudgedOnlyWhileTheyAreOpen()
    {
        var essex = samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("D7T5G"))!;

        var (answer, shown, _) = Access(await samples.Hub.Escalation.ReadAsync(essex, LondonCalendar.Month(2025, 12).End, null, Cancellation));

        Assert.Null(answer.CalculatedLevel);
        Assert.Null(answer.Bounds);
        Assert.Equal(default, shown);
        Assert.Contains("was not open on 2025-12-31", answer.NotCalculatedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escalation_ByHand_IsTheArithmeticOfThePublishedFile()
    {
        // QUY in December 2025 (revised file): RA7 and RVJ have types 1 and 2, NLX has type 3.
        var bristol = samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("QUY"))!;
        var rows = (await File.ReadAllLinesAsync(
                Path.Combine(TestHub.Samples, "nhs-england-ae-monthly", "Monthly-AE-December-2025-revised-g9Hy6.csv"), Cancellation))
            .Select(line => line.TrimEnd('\r').Split(','))
            .Where(cells => cells[1] is "RA7" or "RVJ" or "NLX")
            .ToList();
        double Sum(params int[] columns) => rows.Sum(cells => columns.Sum(column => double.Parse(cells[column], null)));
        var ed = 1 - (Sum(10, 11, 13, 14) / Sum(4, 5, 7, 8));
        var utc = 1 - (Sum(12, 15) / Sum(6, 9));
        var dta = Sum(17) / Sum(18, 19, 20);

        var reading = Access(await samples.Hub.Escalation.ReadAsync(bristol, LondonCalendar.Month(2025, 12).End, null, Cancellation)).Reading;

        Assert.Equal(3, rows.Count);
        Assert.Equal(ed, Number(reading, "ed-4-hour-performance"), 12);
        Assert.Equal(utc, Number(reading, "utc-4-hour-performance"), 12);
        Assert.Equal(dta, Number(reading, "dta-over-12h-share"), 12);
        Assert.Equal([2, 3, 0], reading.Contributions.Select(contribution => contribution.Band.Points));
        Assert.Equal((5, 9, 12, 3), (reading.Outcome.Points, reading.Outcome.Available, reading.Outcome.Applicable, reading.CalculatedLevel));
        Assert.All(reading.Contributions, contribution => Assert.Equal(100, contribution.Reading.CoveragePercent));
    }

    [Fact]
    public async Task Escalation_WinterDayByHand_IsTheArithmeticOfThePublishedFigures()
    {
        // North Bristol on 24 December 2022: 855 of 855 beds, 38 of 46 in critical care, 39 handovers over an hour, 204 stays over 21 days.
        var northBristol = samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("RVJ"))!;
        var day = LondonCalendar.Day(new DateOnly(2022, 12, 24));

        var found = Assert.Single(await samples.Hub.Escalation.ReadAsync(northBristol, day.End, null, Cancellation));

        Assert.Equal("winter-sitrep-local", found.Reading.Framework.Key);
        Assert.Equal(
            [855.0 / 855, 38.0 / 46, 100 * 39.0 / 855, 204.0 / 855],
            found.Reading.Contributions.Select(contribution => contribution.Reading.Value.TryGetNumber(out var value) ? value : double.NaN));
        Assert.Equal([3m, 1m, 4m, 4m], found.Reading.Contributions.Select(contribution => contribution.Points));
        Assert.Equal((12m, 18m, 3), (found.Reading.Outcome.Points, found.Reading.Outcome.Applicable, found.Reading.CalculatedLevel));
        Assert.True(found.Reading.Bounds!.Value.IsCertain);
        Assert.Equal((ShownStatus.Known, 3), (found.Shown.Status, (int)found.Shown.Level));
    }

    [Fact]
    public async Task Publications_EverySample_IsStoredBalancedAndRejectsOnlyWhatIsNobodysOrContradictsItself()
    {
        var publications = await samples.Hub.Ledger.ListPublicationsAsync(null, null, 100, Cancellation);

        Assert.Equal(39, publications.Count);
        Assert.All(publications, publication =>
        {
            Assert.Equal(PublicationState.Stored, publication.State);
            Assert.True(publication.Tally.Balances);
            // Two specialist trusts state more patients over 21 days than over 7, on each of three days; a row a day of dental practices
            // that the file places in no board.
            var expected = publication.Source == UecDailySitrep ? 12 : publication.Source == DentalAcceptance ? 28 : 0;
            Assert.Equal(expected, publication.Tally.RowsRejected + publication.Tally.CellsRejected);
        });
        var rejections = await samples.Hub.Ledger.ListRejectionsAsync(null, null, null, 1000, Cancellation);
        Assert.Equal(40, rejections.Count);
        Assert.All(rejections, rejection => Assert.Equal(CheckKinds.None, rejection.Rejection.Checks));
        Assert.All(
            rejections.Where(rejection => rejection.Source == DentalAcceptance),
            rejection => Assert.Contains(",,Unmapped,", rejection.Rejection.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publications_MonthlyCsvs_ReconcileInEveryColumn()
    {
        var monthly = (await samples.Hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 100, Cancellation))
            .Where(publication => !publication.FileName.EndsWith("-AE.csv", StringComparison.Ordinal)).ToList();

        Assert.Equal(14, monthly.Count);
        Assert.All(monthly, publication =>
        {
            Assert.Equal(ReconciliationOutcome.Reconciled, publication.Reconciliation.Outcome);
            Assert.Equal(18, publication.Reconciliation.FieldsCompared);
        });
    }

    [Fact]
    public async Task Indicator_GpAppointmentsPerThousand_IsTheSumOfTheSubIcbLocationsOverTheirPatients()
    {
        // QHM in January 2024, added up by hand from both files: its eight locations, 1,664,584 appointments, 3,206,012 patients.
        var reading = await ReadAsync("gp-appointments-per-1000-patients", "QHM", LondonCalendar.Month(2024, 1));

        Assert.Equal((8, 1_664_584d, 3_206_012d), (reading.Contributors.Count, reading.Numerator, reading.Denominator));
        Assert.True(reading.Value.TryGetNumber(out var rate));
        Assert.Equal(519.2070397740246, rate, 9);
        Assert.Empty(reading.Silent);
    }

    [Fact]
    public async Task Indicator_GpAppointmentsPerThousandWhereTotalsLack_NamesTheLocationsThatLackThem()
    {
        // The derived file has none of the ten locations of Greater Manchester; their patients are known.
        var reading = await ReadAsync("gp-appointments-per-1000-patients", "QOP", LondonCalendar.Month(2024, 1));

        Assert.Equal((AbsenceCode.Late, 0, 10), (reading.Value.Absence, reading.Contributors.Count, reading.Incomplete.Count));
    }

    [Fact]
    public async Task Indicator_DentalPace_HoldsAMonthAgainstATwelfthOfTheYear()
    {
        // QUY in February 2026, added up by hand: 95 contracts, of which 92 state what they delivered.
        var reading = await ReadAsync("dental-uda-pace", "QUY", LondonCalendar.Month(2026, 2));

        Assert.Equal((103_262d, 1_456_312d), (reading.Numerator, reading.Denominator));
        Assert.True(reading.Value.TryGetNumber(out var pace));
        Assert.Equal(12 * 103_262d / 1_456_312d, pace, 12);
    }

    [Fact]
    public async Task Indicator_DentalPracticesAccepting_CountsThoseThatHaveNotSaid()
    {
        var reading = await ReadAsync("dental-practices-accepting-share", "QUY", LondonCalendar.Day(new DateOnly(2026, 8, 22)));

        Assert.Equal((11d, 89d), (reading.Numerator, reading.Denominator));
    }

    private async Task<IndicatorReading> ReadAsync(string indicator, string organisation, Period period)
    {
        var catalogue = samples.Hub.Catalogue;
        var metrics = catalogue.Indicators[indicator].Formulas.SelectMany(formula => formula.Metrics).ToHashSet();
        var statements = await samples.Hub.Store.ReadAsync(new StatementQuery(new SeriesSelection(metrics, null), period.Start, period.End), Cancellation);
        return new IndicatorCalculator(catalogue.Organisations, catalogue.Metrics).Read(
            catalogue.Indicators[indicator], new OrganisationCode(organisation), period, new StatementSet(statements), AbsenceCode.Late);
    }

    private static FrameworkReading Access(IReadOnlyList<FrameworkReading> readings) =>
        readings.Single(found => found.Reading.Framework.Key == "access-published-monthly");

    private static double Number(EscalationReading reading, string indicator)
    {
        Assert.True(reading.Contributions.Single(contribution => contribution.Reading.Indicator.Key == indicator).Reading.Value.TryGetNumber(out var number));
        return number;
    }

    [Fact]
    public async Task Coverage_OfTheSamples_IsTheTableInTheDocs()
    {
        var reader = new CoverageReader(samples.Hub.Catalogue, samples.Hub.Store);
        var months = CoverageMonths.Of(new CoverageRequest("2018-01-01", "2026-11-01", null), samples.Hub.Clock);
        var made = CoverageDocument.Of(await reader.ReadAsync(months, simulated: false, Cancellation), samples.Hub.Catalogue);
        var document = Path.Combine(Repository.Root, "docs", "coverage.md");
        if (Environment.GetEnvironmentVariable("METRICSHUB_UPDATE_COVERAGE") == "1")
        {
            await File.WriteAllTextAsync(document, made, Cancellation);
        }

        Assert.Equal((await File.ReadAllTextAsync(document, Cancellation)).ReplaceLineEndings("\n"), made);
    }

    public sealed class CollectedSamples : IAsyncLifetime
    {
        internal TestHub Hub { get; } = TestHub.WithSamples();

        public async ValueTask InitializeAsync()
        {
            foreach (var source in Hub.Catalogue.Sources.Keys.OrderBy(source => source.ToString(), StringComparer.Ordinal))
            {
                var run = await Hub.Collector.CollectAsync(source, CancellationToken.None);
                Assert.True(run.Outcome == RunOutcome.Succeeded, $"{source}: {run.Outcome} {run.Message}");
            }
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
