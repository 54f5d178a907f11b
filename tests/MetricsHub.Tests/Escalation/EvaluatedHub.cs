using System.Reflection;
using MetricsHub.Collection;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Escalation;

/// <summary>The stores, the evaluation and the levels of <see cref="EvaluatedSystem"/>: real ones, which can be stopped anywhere and opened again.</summary>
internal sealed class EvaluatedHub : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<(PublicationId Id, int Replay, Statement[] Statements)> unfinished = [];
    private DuckDbFile file = null!;
    private Evaluator evaluator = null!;

    public EvaluatedHub() => Open();

    public FakeTimeProvider Clock { get; } = new(EvaluatedSystem.Start.AddHours(6));

    public IObservationStore Store { get; private set; } = null!;

    public ILedger Ledger { get; private set; } = null!;

    public LevelHistory History { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Stops without a word, and starts again on the same data.</summary>
    public void Restart()
    {
        evaluator.Dispose();
        file.Dispose();
        Open();
    }

    /// <summary>Takes a publication in, in the order of the hub's own intake.</summary>
    /// <param name="steps">After how many of the steps (announce, append, complete) the process dies; 3 for none.</param>
    public async Task DeliverAsync(PublicationId id, int replay, Statement[] statements, int steps = 3)
    {
        var publication = await Ledger.RegisterPublicationAsync(
            new NewPublication(EvaluatedSystem.Source, id, "a", "a.csv", null, null, 0, Clock.GetUtcNow(), 1), Cancellation);
        if (steps < 3)
        {
            unfinished.Add((id, replay, statements));
        }

        if (steps > 0)
        {
            var spans = await new TouchedFigures(EvaluatedSystem.Catalogue, Store).OfAsync(publication, statements, Cancellation);
            await Ledger.AnnounceAsync(EvaluatedSystem.Source, id, spans, Cancellation);
        }

        var reading = new Domain.Publications.Reading(1, replay);
        if (steps > 1)
        {
            await Store.AppendAsync(new Release(id, EvaluatedSystem.Source, reading, publication.Release), statements, Cancellation);
        }

        if (steps > 2)
        {
            var periods = new Period(statements.Min(statement => statement.Period.Start), statements.Max(statement => statement.Period.End));
            await Ledger.CompletePublicationAsync(
                EvaluatedSystem.Source,
                id,
                new PublicationCompletion(PublicationState.Stored, reading, null, null, Tally.Empty, Reconciliation.NoTotal, [], periods, Clock.GetUtcNow(), ReferenceFacts.None),
                Cancellation);
        }
    }

    /// <summary>What the next start does with what was not finished.</summary>
    public async Task FinishAsync()
    {
        foreach (var (id, replay, statements) in unfinished.ToList())
        {
            await DeliverAsync(id, replay, statements);
        }

        unfinished.Clear();
    }

    public Task EvaluateAsync() => evaluator.EvaluateAsync(Cancellation);

    /// <summary>Evaluates until the process dies, when it writes for the so-manieth time.</summary>
    public async Task EvaluateAndDieAsync(int writes)
    {
        var dying = DispatchProxy.Create<ILedger, DyingLedger>();
        ((DyingLedger)(object)dying).Set(Ledger, writes);
        using var doomed = NewEvaluator(dying);
        await Record.ExceptionAsync(() => doomed.EvaluateAsync(Cancellation));
    }

    /// <summary>What the levels are, from all figures at once: how it is meant, with no thought of speed or memory.</summary>
    public async Task<List<ShownOutcome>> ExpectedAsync(Framework framework, Organisation organisation, DateTimeOffset until, DateTimeOffset? asOf = null)
    {
        var catalogue = EvaluatedSystem.Catalogue;
        var statements = new StatementSet(await Store.ReadAsync(new StatementQuery(SeriesSelection.All, AsOf: asOf), Cancellation));
        var slots = JudgedSlots.Between(framework, organisation, catalogue.Organisations, statements.FirstPeriodStart ?? until, until).ToArray();
        var outcomes = new ShownOutcome[slots.Length];
        new EscalationCalculator(catalogue.Indicators, new IndicatorCalculator(catalogue.Organisations, catalogue.Metrics, catalogue.SharedServices, catalogue.Expectations))
            .Evaluate(framework, organisation.Code, slots, statements.ColumnOf, outcomes);
        return [.. outcomes];
    }

    public Task<IReadOnlyList<ShownOutcome>> StoredAsync(Framework framework, Organisation organisation) => Ledger.ReadReadingsAsync(
        new ReadingQuery(FrameworkVersion.Of(framework), organisation.Code, DateTimeOffset.MinValue, DateTimeOffset.MaxValue), Cancellation);

    public void Dispose()
    {
        evaluator.Dispose();
        file.Dispose();
        folder.Dispose();
    }

    private void Open()
    {
        file = DuckDbFile.Open(new DuckDbSettings(folder.PathOf("hub.duckdb")), Clock, NullLogger<DuckDbFile>.Instance);
        (Store, Ledger) = (new DuckDbObservationStore(file, Clock, NullLogger<DuckDbObservationStore>.Instance), new SqlLedger(new DuckDbLedgerDatabase(file)));
        evaluator = NewEvaluator(Ledger);
    }

    private Evaluator NewEvaluator(ILedger ledger)
    {
        var catalogue = EvaluatedSystem.Catalogue;
        var basis = new EvaluationBasis(catalogue);
        var walk = new LevelWalk(catalogue, new FigureWindows(catalogue, Store, few: 0));
        var levels = new LevelReader(catalogue, Store, ledger, walk);
        History = new LevelHistory(catalogue, Store, Ledger, basis, new LevelReader(catalogue, Store, Ledger, walk));
        return new Evaluator(catalogue, Store, ledger, basis, walk, levels, new EvaluationMeter(new TestMeters()), Clock, NullLogger<Evaluator>.Instance);
    }

    /// <summary>A ledger whose process dies at one of its writes: neither that one nor any later one is done.</summary>
    public class DyingLedger : DispatchProxy
    {
        private object ledger = null!;
        private int writes;

        public void Set(object of, int dieAt) => (ledger, writes) = (of, dieAt);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name is nameof(ILedger.RecordReadingsAsync) or nameof(ILedger.CompleteEvaluationAsync) && --writes < 0)
            {
                return Task.FromException(new IOException("The process has died."));
            }

            return targetMethod.Invoke(ledger, args);
        }
    }
}
