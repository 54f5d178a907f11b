using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>Every source of the simulated system stopped in turn at noon, over what the simulator really serves until the evening.</summary>
public sealed class StoppedSourceTests(StoppedSourceTests.PlayedDay day) : IClassFixture<StoppedSourceTests.PlayedDay>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Evening = Noon.AddHours(9);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SIM", "system-access")]
    [InlineData("SIMA1", "opel-acute-2024-26")]
    public async Task Level_AnySourceStops_FallsOnlyWithItsUpperBoundAndBecomesLessCertain(string organisation, string framework)
    {
        var full = day.Walk(organisation, framework, day.Statements);
        var missed = 0;
        foreach (var source in day.Catalogue.Sources.Values.Where(source => source.Simulated).Select(source => source.Key))
        {
            var statements = await day.WithoutAsync(source, Cancellation);
            var outcomes = day.Walk(organisation, framework, statements);
            DateTimeOffset? missedAt = null;
            for (var i = 1; i < outcomes.Length; i++)
            {
                var (before, now) = (outcomes[i - 1], outcomes[i]);
                Assert.True(
                    now.Shown.Level >= before.Shown.Level || now.Outcome.HighestLevel <= now.Shown.Level,
                    $"{source} stopped: {organisation} fell from {before.Shown.Level} to {now.Shown.Level} at {now.At:O}, though it could be {now.Outcome.HighestLevel}.");
                Assert.True(
                    now.Outcome.UnknownPercent >= full[i].Outcome.UnknownPercent,
                    $"{source} stopped: {organisation} was surer at {now.At:O}, {now.Outcome.UnknownPercent} % unknown after {full[i].Outcome.UnknownPercent} %.");
                Assert.NotEqual(0, now.Shown.Level);
                missedAt = now.Outcome.UnknownPercent > full[i].Outcome.UnknownPercent ? now.At : missedAt;
            }

            if (missedAt is { } at)
            {
                missed++;
                var reading = day.Explain(organisation, framework, at, statements);
                var stated = day.Catalogue.Metrics.Values.Where(metric => day.Catalogue.SourcesOf(metric.Key).Any(other => other.Key == source)).Select(metric => metric.Key).ToHashSet();
                Assert.Contains(reading.Missing, missing => missing.Indicator.Formulas.Any(formula => formula.Metrics.Any(stated.Contains)));
            }
        }

        Assert.True(missed >= 5, $"Only {missed} sources were missed by {framework}.");
    }

    /// <summary>A hub that has read every feed from before noon to the evening.</summary>
    public sealed class PlayedDay : IAsyncLifetime
    {
        private SimulatorHost simulator = null!;
        private TestHub hub = null!;
        private EscalationCalculator calculator = null!;

        internal HubCatalogue Catalogue => hub.Catalogue;

        internal IReadOnlyList<RecordedStatement> Statements { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var read = Noon.AddMinutes(7);
            simulator = await SimulatorHost.StartAsync(read);
            hub = TestHub.Empty(settings: ("Simulator:Address", simulator.Client.BaseAddress!.AbsoluteUri));
            calculator = new EscalationCalculator(
                Catalogue.Indicators, new IndicatorCalculator(Catalogue.Organisations, Catalogue.Metrics, Catalogue.SharedServices, Catalogue.Expectations));
            for (var at = read; at < Evening.AddHours(1); at = at.AddHours(3))
            {
                hub.Clock.SetUtcNow(at);
                simulator.Clock.SetUtcNow(at);
                foreach (var source in Catalogue.Sources.Values.Where(source => source.Simulated && source.Locations.Any(location => location is FeedDefinition)))
                {
                    Assert.Equal(RunOutcome.Succeeded, (await hub.Collector.CollectAsync(source.Key, Cancellation)).Outcome);
                }
            }

            var metrics = Catalogue.Frameworks.SelectMany(Catalogue.MetricsOf).ToHashSet();
            Statements = await hub.Store.ReadAsync(new StatementQuery(new SeriesSelection(metrics, null)), Cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await hub.DisposeAsync();
            await simulator.DisposeAsync();
        }

        /// <summary>What is known where a source falls silent at noon.</summary>
        internal async Task<IReadOnlyList<RecordedStatement>> WithoutAsync(SourceKey source, CancellationToken cancellationToken)
        {
            var publications = await hub.Ledger.ListPublicationsAsync(source, before: null, limit: 1000, cancellationToken);
            var silenced = publications.Select(publication => publication.Id).ToHashSet();
            return [.. Statements.Where(statement => statement.Period.End <= Noon || !silenced.Contains(statement.Publication))];
        }

        internal ShownOutcome[] Walk(string organisation, string framework, IReadOnlyList<RecordedStatement> statements)
        {
            var rules = Catalogue.Frameworks.Single(candidate => candidate.Key == framework);
            var slots = Grid.SlotsBetween(rules.Grid, Noon.AddHours(-1), Evening).ToArray();
            var outcomes = new ShownOutcome[slots.Length];
            calculator.Evaluate(rules, new OrganisationCode(organisation), slots, new StatementSet(statements).ColumnOf, outcomes);
            return outcomes;
        }

        internal EscalationReading Explain(string organisation, string framework, DateTimeOffset at, IReadOnlyList<RecordedStatement> statements)
        {
            var rules = Catalogue.Frameworks.Single(candidate => candidate.Key == framework);
            return calculator.Evaluate(rules, new OrganisationCode(organisation), Grid.SlotAt(rules.Grid, at), new StatementSet(statements), _ => AbsenceCode.Late);
        }
    }
}
