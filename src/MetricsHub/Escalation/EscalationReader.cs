using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// Reads escalation levels: from the readings that evaluation has stored as far as they hold, and from the figures from there on. An
/// answer depends on what is recorded and on the question alone, never on when a job ran.
/// </summary>
internal sealed class EscalationReader(
    HubCatalogue catalogue, IObservationStore store, ILedger ledger, EvaluationBasis basis, LevelWalk walk, LevelReader levels, FigureWindows windows, TimeProvider clock)
{
    /// <summary>
    /// Every framework's reading at an instant: that of the newest slot that has ended by then. Beside it the newest slot, at or before
    /// that one, that has a level. Frameworks that never judge an organisation of this kind are left out, and those in shadow.
    /// </summary>
    /// <param name="at">The instant; null for the instant of knowing: <paramref name="asOf"/>, else now.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    /// <param name="framework">Only the framework of this key, in shadow or not.</param>
    public async Task<IReadOnlyList<FrameworkReading>> ReadAsync(
        Organisation organisation, DateTimeOffset? at, DateTimeOffset? asOf, CancellationToken cancellationToken, string? framework = null)
    {
        var instant = at ?? asOf ?? clock.GetUtcNow();
        var knowledge = await KnowledgeAsync(asOf, cancellationToken);
        var readings = new List<FrameworkReading>();
        foreach (var rules in FrameworksFor(organisation, instant).Where(rules => framework is null ? !rules.IsShadow : rules.Key == framework))
        {
            readings.Add(await Consistent.ReadAsync(store, () => ReadAsync(rules, organisation, Grid.SlotAt(rules.Grid, instant), asOf, knowledge, cancellationToken), cancellationToken));
        }

        return readings;
    }

    /// <summary>
    /// The readings of every organisation of a kind that a framework judges, at the newest slot at which one of them has a level; by
    /// code. Empty where none ever had one.
    /// </summary>
    public Task<IReadOnlyList<EscalationReading>> ReadLatestOfAllAsync(
        Framework framework, OrganisationKind kind, CancellationToken cancellationToken) =>
        Consistent.ReadAsync(store, () => ReadLatestOfAllOnceAsync(framework, kind, cancellationToken), cancellationToken);

    private async Task<FrameworkReading> ReadAsync(
        Framework framework, Organisation organisation, Period slot, DateTimeOffset? asOf, Knowledge knowledge, CancellationToken cancellationToken)
    {
        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        var series = await levels.SeriesOfAsync(framework, [organisation], cancellationToken);
        var holdsTo = asOf is null ? standing.HoldsTo(framework, series) : null;
        var statements = await windows.ReadAsync(framework, series, slot.End, slot.End, asOf, cancellationToken);
        var found = await levels.ReadAsync(framework, organisation, series, slot.Start, slot.End, holdsTo, asOf, cancellationToken);
        var newest = await levels.NewestCalculatedAsync(framework, organisation, series, slot.End, holdsTo, asOf, cancellationToken);
        return new FrameworkReading(
            Evaluate(framework, organisation, slot, statements, knowledge),
            found is [var last] ? last.Shown : default,
            newest is { } latest ? new CalculatedSlot(Grid.SlotAt(framework.Grid, latest.At), latest.Outcome.Level) : null);
    }

    private async Task<IReadOnlyList<EscalationReading>> ReadLatestOfAllOnceAsync(
        Framework framework, OrganisationKind kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var knowledge = await KnowledgeAsync(asOf: null, cancellationToken);
        var judged = catalogue.Organisations.All.Where(organisation => organisation.Kind == kind).ToList();
        var all = await levels.SeriesOfAsync(framework, judged, cancellationToken);
        if (await NewestCalculatedAsync(framework, judged, all, now, cancellationToken) is not { } at)
        {
            return [];
        }

        var slot = Grid.SlotAt(framework.Grid, at);
        var date = LondonCalendar.LastDayOf(slot);
        var statements = await windows.ReadAsync(framework, all, slot.End, slot.End, asOf: null, cancellationToken);
        return
        [
            .. judged
                .Where(organisation => framework.Judges(organisation, date, catalogue.Organisations) && organisation.Valid.Contains(date))
                .Select(organisation => Evaluate(framework, organisation, slot, statements, knowledge)),
        ];
    }

    /// <summary>
    /// An organisation's way through a framework's slots up to an instant: what is made of each and shown at it from the first of which
    /// anything is known; the inputs of single slots, and all that one rests on, for who asks further.
    /// </summary>
    public async Task<EscalationPath> FollowAsync(
        Framework framework, Organisation organisation, DateTimeOffset to, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var knowledge = await KnowledgeAsync(asOf, cancellationToken);
        return await Consistent.ReadAsync(store, () => FollowOnceAsync(framework, organisation, to, asOf, knowledge, cancellationToken), cancellationToken);
    }

    private async Task<EscalationPath> FollowOnceAsync(
        Framework framework, Organisation organisation, DateTimeOffset to, DateTimeOffset? asOf, Knowledge knowledge, CancellationToken cancellationToken)
    {
        var series = await levels.SeriesOfAsync(framework, [organisation], cancellationToken);
        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        var holdsTo = asOf is null ? standing.HoldsTo(framework, series) : null;
        var first = series.FirstStart ?? to;
        var statements = await windows.ReadAsync(framework, series, first, to, asOf, cancellationToken);
        return new EscalationPath(
            framework,
            walk.Calculator.ScorerOf(framework),
            await levels.ReadAsync(framework, organisation, series, first, to, holdsTo, asOf, cancellationToken),
            slots => walk.Calculator.InputsOf(framework, organisation.Code, slots, statements.ColumnOf),
            slot => Evaluate(framework, organisation, slot, statements, knowledge));
    }

    /// <summary>The newest slot at which one of some organisations has a level. Only those are gone over whose stored readings do not hold to now.</summary>
    private async Task<DateTimeOffset?> NewestCalculatedAsync(
        Framework framework, List<Organisation> judged, FrameworkSeries all, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        var last = Grid.SlotAt(framework.Grid, now).End;
        var stored = await ledger.ListNewestCalculatedAsync(FrameworkVersion.Of(framework), last, cancellationToken);
        DateTimeOffset? newest = null;
        foreach (var organisation in judged)
        {
            var series = FrameworkSeries.Of(catalogue.Organisations, [organisation], all.Extents.Values);
            if (series.Extents.Count == 0)
            {
                continue;
            }

            var holdsTo = standing.HoldsTo(framework, series);
            DateTimeOffset? at = holdsTo >= last
                ? stored.TryGetValue(organisation.Code, out var known) ? known : null
                : (await levels.NewestCalculatedAsync(framework, organisation, series, last, holdsTo, asOf: null, cancellationToken))?.At;
            newest = at > newest || newest is null ? at ?? newest : newest;
        }

        return newest;
    }

    public IEnumerable<Framework> FrameworksFor(Organisation organisation, DateTimeOffset at) =>
        catalogue.Frameworks.Where(framework =>
            framework.Judges(organisation, LondonCalendar.LastDayOf(Grid.SlotAt(framework.Grid, at)), catalogue.Organisations));

    /// <summary>Why an input of an organisation is missing at a slot, as far as is known at an instant of knowing.</summary>
    internal async Task<Func<Framework, Indicator, Period, AbsenceCode>> WhyMissingAsync(
        Organisation organisation, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var knowledge = await KnowledgeAsync(asOf, cancellationToken);
        return (framework, indicator, slot) => WhyMissing(framework, indicator, organisation, slot, knowledge);
    }

    private EscalationReading Evaluate(
        Framework framework, Organisation organisation, Period slot, StatementSet statements, Knowledge knowledge)
    {
        var lastDay = LondonCalendar.LastDayOf(slot);
        return organisation.Valid.Contains(lastDay)
            ? walk.Calculator.Evaluate(framework, organisation.Code, slot, statements, indicator => WhyMissing(framework, indicator, organisation, slot, knowledge))
            : EscalationReading.NotOpen(framework, organisation, slot);
    }

    private AbsenceCode WhyMissing(Framework framework, Indicator indicator, Organisation organisation, Period slot, Knowledge knowledge)
    {
        var inputs = indicator.Formulas[0].Metrics.Select(metric => catalogue.Metrics[metric]).ToList();
        var reporters = catalogue.Organisations.DescendantsOf(organisation.Code, LondonCalendar.LastDayOf(slot))
            .Prepend(organisation)
            .Where(candidate => inputs.Exists(metric => metric.ReportedBy.Contains(candidate.Kind)))
            .Select(candidate => candidate.Code);
        var maximumAge = framework.Parameters.First(parameter => parameter.Indicator == indicator.Key).MaximumAge?.Value ?? TimeSpan.Zero;
        return catalogue.Expectations.WhyAbsent(inputs, reporters, slot, knowledge.At, knowledge.StandingOf, maximumAge);
    }

    private async Task<Knowledge> KnowledgeAsync(DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        new(asOf ?? clock.GetUtcNow(), await ledger.ReadStandingsAsync(asOf, cancellationToken));

    /// <summary>What there was to know of the sources at the instant of knowing.</summary>
    private sealed record Knowledge(DateTimeOffset At, IReadOnlyDictionary<SourceKey, SourceStanding> Standings)
    {
        public SourceStanding StandingOf(SourceKey source) => Standings.GetValueOrDefault(source, SourceStanding.NeverRead);
    }
}

/// <param name="LatestCalculated">The newest slot with a level at or before the slot asked for; null where there never was one.</param>
internal sealed record FrameworkReading(EscalationReading Reading, ShownLevel Shown, CalculatedSlot? LatestCalculated);

/// <summary>A slot that has a level.</summary>
/// <param name="CalculatedLevel">1 to 4.</param>
internal sealed record CalculatedSlot(Period Slot, int CalculatedLevel)
{
    public DateTimeOffset At => Slot.End;
}
