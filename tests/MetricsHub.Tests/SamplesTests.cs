using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests;

/// <summary>The whole way, from publishers' files to levels: the bundled samples collected once, then looked at.</summary>
public sealed class SamplesTests(SamplesTests.CollectedSamples samples) : IClassFixture<SamplesTests.CollectedSamples>
{
    private static readonly SourceKey UecDailySitrep = new("nhs-england-uec-daily-sitrep");

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
            var answer = Assert.Single(await samples.Hub.Escalation.ReadAsync(system, slot.End, null, Cancellation)).Reading;

            Assert.True(answer.Level is >= 1 and <= 4, $"{system.Code}: {answer.NotCalculatedBecause}");
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

    [Fact]
    public async Task Escalation_Now_IsNotCalculatedAndNamesTheLatestThatCouldBe()
    {
        var bristol = samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("QUY"))!;

        var answer = Assert.Single(await samples.Hub.Escalation.ReadAsync(bristol, null, null, Cancellation));

        Assert.Null(answer.Reading.Level);
        Assert.Equal(LondonCalendar.Month(2026, 10), answer.Reading.Slot);
        Assert.All(answer.Reading.Missing, missing => Assert.Equal(AbsenceCode.Late, missing.Value.Absence));
        Assert.Equal(LondonCalendar.Month(2025, 12), answer.LatestCalculated!.Slot);
        Assert.NotNull(answer.LatestCalculated.Level);
    }

    [Fact]
    public async Task Escalation_SystemsAroundTheMerger_AreJudgedOnlyWhileTheyAreOpen()
    {
        var essex = samples.Hub.Catalogue.Organisations.Find(new OrganisationCode("D7T5G"))!;

        var answer = Assert.Single(await samples.Hub.Escalation.ReadAsync(essex, LondonCalendar.Month(2025, 12).End, null, Cancellation)).Reading;

        Assert.Null(answer.Level);
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

        var reading = Assert.Single(await samples.Hub.Escalation.ReadAsync(bristol, LondonCalendar.Month(2025, 12).End, null, Cancellation)).Reading;

        Assert.Equal(3, rows.Count);
        Assert.Equal(ed, Number(reading, "ed-4-hour-performance"), 12);
        Assert.Equal(utc, Number(reading, "utc-4-hour-performance"), 12);
        Assert.Equal(dta, Number(reading, "dta-over-12h-share"), 12);
    }

    [Fact]
    public async Task Publications_EverySample_IsStoredBalancedAndRejectsOnlyWhatContradictsItself()
    {
        var publications = await samples.Hub.Ledger.ListPublicationsAsync(null, null, 100, Cancellation);

        Assert.Equal(33, publications.Count);
        Assert.All(publications, publication =>
        {
            Assert.Equal(PublicationState.Stored, publication.State);
            Assert.True(publication.Tally.Balances);

            // Two specialist trusts state more patients over 21 days than over 7, on each of three days.
            Assert.Equal(publication.Source == UecDailySitrep ? 12 : 0, publication.Tally.RowsRejected + publication.Tally.CellsRejected);
        });
        Assert.Equal(12, (await samples.Hub.Ledger.ListRejectionsAsync(null, null, null, 100, Cancellation)).Count);
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

    private static double Number(EscalationReading reading, string indicator)
    {
        Assert.True(reading.Contributions.Single(contribution => contribution.Reading.Indicator.Key == indicator).Reading.Value.TryGetNumber(out var number));
        return number;
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
