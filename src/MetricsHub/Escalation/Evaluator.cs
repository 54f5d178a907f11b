using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// Evaluates what is due, and the slots that have ended meanwhile: works readings out and stores those that differ. What is due is taken
/// off last, so that a process that dies half-way loses nothing, and finds nothing to store where it had come to.
/// </summary>
internal sealed partial class Evaluator(
    HubCatalogue catalogue, IObservationStore store, ILedger ledger, EvaluationBasis basis, LevelWalk walk, LevelReader levels, TimeProvider clock, ILogger<Evaluator> logger) : IDisposable
{
    /// <summary>One after the other: two at once would both store a slot's reading.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Returns how many readings were stored.</summary>
    /// <exception cref="AggregateException">Some of the frameworks could not be evaluated; the others were.</exception>
    /// <exception cref="OvertakenException">Another process has begun to evaluate meanwhile.</exception>
    public async Task<int> EvaluateAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await EvaluateAllAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<int> EvaluateAllAsync(CancellationToken cancellationToken)
    {
        // First the number, then what is due, then the figures: so nothing that is taken off can be unknown here, and nothing is stored by
        // whoever knows less.
        var number = await ledger.BeginEvaluationAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        await store.FollowAsync(cancellationToken);
        var (evaluations, failures, stored) = (new List<Evaluation>(), new List<Exception>(), 0);
        foreach (var framework in catalogue.Frameworks)
        {
            var to = Grid.SlotAt(framework.Grid, now).End;
            if (standing.EvaluatedTo(framework) >= to && standing.DueOf(framework).Count == 0)
            {
                continue;
            }

            try
            {
                stored += await EvaluateAsync(number, framework, standing, to, cancellationToken);
                evaluations.Add(new Evaluation(FrameworkVersion.Of(framework), basis.HashOf(framework), to, clock.GetUtcNow(), null));
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OvertakenException))
            {
                LogFailed(exception, framework.Key, framework.Version);
                failures.Add(exception);
                var before = standing.Find(framework);
                evaluations.Add(new Evaluation(
                    FrameworkVersion.Of(framework), before?.RulesHash ?? "", before?.EvaluatedTo ?? DateTimeOffset.MinValue, clock.GetUtcNow(), exception.Message));
            }
        }

        if (evaluations.Count > 0 || standing.Due.Ticket is not null)
        {
            await ledger.CompleteEvaluationAsync(number, evaluations, failures.Count == 0 ? standing.Due.Ticket : null, cancellationToken);
            LogEvaluated(stored, evaluations.Count, standing.Due.Spans.Count);
        }

        return failures.Count == 0 ? stored : throw new AggregateException("Not every framework could be evaluated.", failures);
    }

    private async Task<int> EvaluateAsync(long number, Framework framework, EvaluationStanding standing, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var extents = await store.ListSeriesAsync(new SeriesSelection(catalogue.MetricsOf(framework), null), cancellationToken);
        var due = standing.DueOf(framework);
        var stored = 0;
        foreach (var organisation in catalogue.Organisations.All.Where(organisation => framework.AppliesTo.Contains(organisation.Kind)))
        {
            var series = FrameworkSeries.Of(catalogue.Organisations, [organisation], extents);
            if (series.Extents.Count > 0)
            {
                var touched = due.Where(span => series.Organisations.Contains(span.Series.Organisation)).ToList();
                stored += await EvaluateAsync(new Subject(number, framework, organisation, series, touched), standing.EvaluatedTo(framework), to, cancellationToken);
            }
        }

        return stored;
    }

    /// <summary>One organisation: from what is due on until nothing can differ any more, and the slots that have ended meanwhile.</summary>
    private async Task<int> EvaluateAsync(Subject subject, DateTimeOffset? evaluatedTo, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (evaluatedTo is not { } done)
        {
            // By other rules, or never: whatever stands outside of the slots that are judged now is gone.
            var slots = JudgedSlots.Between(subject.Framework, subject.Organisation, catalogue.Organisations, subject.Series.FirstStart!.Value, to);
            var first = slots.Select(slot => (DateTimeOffset?)slot.Start).FirstOrDefault() ?? to;
            return await StoreAsync(subject, DateTimeOffset.MinValue, first, [], cancellationToken)
                + (await WalkAsync(subject, first, to, holdsTo: null, cancellationToken)).Stored
                + await StoreAsync(subject, to, DateTimeOffset.MaxValue, [], cancellationToken);
        }

        var touched = subject.Touched.Count == 0 ? done : subject.Touched.Min(span => span.FirstStart);
        var (stored, ended) = touched < done ? await WalkAsync(subject, touched, to, done, cancellationToken) : (0, false);
        return ended ? stored : stored + (await WalkAsync(subject, done, to, holdsTo: null, cancellationToken)).Stored;
    }

    /// <summary>Evaluates from an instant on. Whether it went on to the end is told, or stopped where all that follows is stored as it is.</summary>
    /// <param name="holdsTo">Up to where there are stored readings to agree with; null where there are none.</param>
    private async Task<(int Stored, bool Ended)> WalkAsync(
        Subject subject, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? holdsTo, CancellationToken cancellationToken)
    {
        var (_, framework, organisation, series, _) = subject;
        var (stored, at) = (0, from);
        var before = await levels.StateAtAsync(framework, organisation, from, cancellationToken);
        await foreach (var stretch in walk.OverAsync(framework, organisation, series, from, to, before, wanted: to, asOf: null, cancellationToken))
        {
            var last = stretch.Outcomes[^1];
            var agrees = last.At <= holdsTo && last.Shown == await levels.StateAtAsync(framework, organisation, last.At, cancellationToken);
            stored += await StoreAsync(subject, at, last.At, stretch.Outcomes, cancellationToken);
            at = last.At;
            if (agrees && subject.IsPast(catalogue, last.At, stretch.Statements))
            {
                return (stored, false);
            }
        }

        // What the walk has left out is blank.
        return (stored + await StoreAsync(subject, at, to, [], cancellationToken), true);
    }

    /// <summary>Stores what differs of the slots that end after one instant and at or before another; those without an outcome are blank.</summary>
    private async Task<int> StoreAsync(
        Subject subject, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ShownOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (to <= from)
        {
            return 0;
        }

        var (number, framework, organisation, _, _) = subject;
        var query = new ReadingQuery(FrameworkVersion.Of(framework), organisation.Code, from.AddMicroseconds(1), to);
        var known = (await ledger.ReadReadingsAsync(query, cancellationToken)).ToDictionary(found => found.At);
        var worth = outcomes.Where(found => !LevelReader.IsBlank(found)).ToDictionary(found => found.At);
        List<ShownOutcome> changed = [.. worth.Values.Where(found => !known.TryGetValue(found.At, out var before) || before != found)];
        List<DateTimeOffset> gone = [.. known.Keys.Where(at => !worth.ContainsKey(at))];
        if (changed.Count + gone.Count > 0)
        {
            await ledger.RecordReadingsAsync(
                number, new RecordedReadings(query.Framework, query.Organisation, basis.HashOf(framework), clock.GetUtcNow(), changed, gone), cancellationToken);
        }

        return changed.Count + gone.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Evaluated {Frameworks} frameworks; {Due} series were due, {Stored} readings differ")]
    private partial void LogEvaluated(int stored, int frameworks, int due);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Framework} {Version} could not be evaluated")]
    private partial void LogFailed(Exception exception, string framework, string version);

    /// <summary>An organisation that a framework judges.</summary>
    /// <param name="Number">That of the evaluation.</param>
    /// <param name="Touched">What is due of its figures.</param>
    private sealed record Subject(long Number, Framework Framework, Organisation Organisation, FrameworkSeries Series, IReadOnlyList<TouchedSpan> Touched)
    {
        /// <summary>
        /// Whether nothing that is due goes into any slot after one: newer figures have taken its place in every indicator, and no
        /// maximum age reaches back to it.
        /// </summary>
        public bool IsPast(HubCatalogue catalogue, DateTimeOffset slotEnd, StatementSet statements) => Touched.All(span => Framework.Parameters
            .Where(parameter => catalogue.Indicators[parameter.Indicator].Formulas.Any(formula => formula.Metrics.Contains(span.Series.Metric)))
            .All(parameter => slotEnd > span.LastEnd + AgeOf(parameter)
                && CompleteFigures.LastEnd(catalogue.Indicators[parameter.Indicator], span.Series.Organisation, slotEnd, statements.ColumnOf) > span.LastEnd));

        private static TimeSpan AgeOf(Parameter parameter) => parameter.MaximumAge?.Value ?? TimeSpan.Zero;
    }
}
