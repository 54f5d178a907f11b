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
/// Reads escalation levels: fetches the statements that a framework needs and hands them to the calculator. Nothing is kept between
/// two calls, so that an answer depends on what is recorded and on the question alone, never on when a job ran.
/// </summary>
internal sealed class EscalationReader(HubCatalogue catalogue, IObservationStore store, ILedger ledger, TimeProvider clock)
{
    private readonly EscalationCalculator calculator =
        new(catalogue.Indicators, new IndicatorCalculator(catalogue.Organisations, catalogue.Metrics, catalogue.SharedServices, catalogue.Expectations));

    /// <summary>
    /// Every framework's reading at an instant: that of the newest slot that has ended by then. Beside it the newest reading, at or
    /// before that slot, that has a level. Frameworks that never judge an organisation of this kind are left out.
    /// </summary>
    /// <param name="at">The instant; null for the instant of knowing: <paramref name="asOf"/>, else now.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async Task<IReadOnlyList<FrameworkReading>> ReadAsync(
        Organisation organisation, DateTimeOffset? at, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var instant = at ?? asOf ?? clock.GetUtcNow();
        var knowledge = await KnowledgeAsync(asOf, cancellationToken);
        var readings = new List<FrameworkReading>();
        foreach (var framework in FrameworksFor(organisation, instant))
        {
            var statements = await FetchAsync(framework, organisation, instant, asOf, cancellationToken);
            var slot = Grid.SlotAt(framework.Grid, instant);
            var reading = Evaluate(framework, organisation, slot, statements, knowledge);
            var outcomes = Walk(framework, organisation, slot.End, statements);
            var latest = Array.FindLast(outcomes, found => found.Outcome.IsCalculated);
            readings.Add(new FrameworkReading(
                reading,
                outcomes is [.., var last] && last.At == slot.End ? last.Shown : default,
                latest.Outcome.IsCalculated ? Evaluate(framework, organisation, Grid.SlotAt(framework.Grid, latest.At), statements, knowledge) : null));
        }

        return readings;
    }

    /// <summary>A framework's readings whose slots end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    public async Task<IReadOnlyList<ShownReading>> ReadHistoryAsync(
        Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var statements = await FetchAsync(framework, organisation, to, asOf, cancellationToken);
        var knowledge = await KnowledgeAsync(asOf, cancellationToken);
        var shown = Walk(framework, organisation, to, statements).ToDictionary(found => found.At, found => found.Shown);
        return
        [
            .. Grid.SlotsBetween(framework.Grid, from, to)
                .Select(slot => new ShownReading(Evaluate(framework, organisation, slot, statements, knowledge), shown.GetValueOrDefault(slot.End))),
        ];
    }

    /// <summary>
    /// The readings of every organisation of a kind that a framework judges, at the newest slot at which one of them has a level; by
    /// code. Empty where none ever had one.
    /// </summary>
    public async Task<IReadOnlyList<EscalationReading>> ReadLatestOfAllAsync(
        Framework framework, OrganisationKind kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var knowledge = await KnowledgeAsync(asOf: null, cancellationToken);
        var statements = new StatementSet(await store.ReadAsync(
            new StatementQuery(new SeriesSelection(catalogue.MetricsOf(framework), null), To: now), cancellationToken));
        if (statements.LastPeriodEnd is not { } lastEnd)
        {
            return [];
        }

        // Only those of whom anything is stated are gone over: of the others no slot can have a level.
        var judged = catalogue.Organisations.All.Where(organisation => organisation.Kind == kind).ToList();
        var newest = judged
            .Where(organisation => IsAnythingStatedFor(organisation, statements))
            .SelectMany(organisation => Walk(framework, organisation, Earlier(now, lastEnd), statements))
            .Where(found => found.Outcome.IsCalculated)
            .Max(found => (DateTimeOffset?)found.At);
        if (newest is not { } at)
        {
            return [];
        }

        var slot = Grid.SlotAt(framework.Grid, at);
        var date = LondonCalendar.LastDayOf(slot);
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
        var statements = await FetchAsync(framework, organisation, to, asOf, cancellationToken);
        var knowledge = await KnowledgeAsync(asOf, cancellationToken);
        return new EscalationPath(
            framework,
            calculator.ScorerOf(framework),
            Walk(framework, organisation, to, statements),
            slots => calculator.InputsOf(framework, organisation.Code, slots, statements.ColumnOf),
            slot => Evaluate(framework, organisation, slot, statements, knowledge));
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

    private bool IsAnythingStatedFor(Organisation organisation, StatementSet statements) =>
        statements.Organisations.Contains(organisation.Code) || catalogue.Organisations.EverBelow(organisation.Code).Any(statements.Organisations.Contains);

    private EscalationReading Evaluate(
        Framework framework, Organisation organisation, Period slot, StatementSet statements, Knowledge knowledge)
    {
        var lastDay = LondonCalendar.LastDayOf(slot);
        return organisation.Valid.Contains(lastDay)
            ? calculator.Evaluate(framework, organisation.Code, slot, statements, indicator => WhyMissing(framework, indicator, organisation, slot, knowledge))
            : EscalationReading.NotOpen(framework, organisation, slot);
    }

    /// <summary>
    /// Every slot from the first of which anything is known, each with the level shown at it: what is shown at a slot follows from all
    /// before it, and never from when it was looked at.
    /// </summary>
    private ShownOutcome[] Walk(Framework framework, Organisation organisation, DateTimeOffset until, StatementSet statements)
    {
        if (statements.FirstPeriodStart is not { } first)
        {
            return [];
        }

        var slots = Grid.SlotsBetween(framework.Grid, first, until)
            .Where(slot => LondonCalendar.LastDayOf(slot) is var day && framework.Judges(organisation, day, catalogue.Organisations) && organisation.Valid.Contains(day))
            .ToArray();
        var outcomes = new ShownOutcome[slots.Length];
        calculator.Evaluate(framework, organisation.Code, slots, statements.ColumnOf, outcomes);
        return outcomes;
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

    private async Task<StatementSet> FetchAsync(
        Framework framework, Organisation organisation, DateTimeOffset until, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        // Every organisation that was ever below it: the tree is read at each slot's own date.
        var organisations = new HashSet<OrganisationCode>(catalogue.Organisations.EverBelow(organisation.Code)) { organisation.Code };
        var selection = new SeriesSelection(catalogue.MetricsOf(framework), organisations);
        return new StatementSet(await store.ReadAsync(new StatementQuery(selection, To: until, AsOf: asOf), cancellationToken));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one <= other ? one : other;

    /// <summary>What there was to know of the sources at the instant of knowing.</summary>
    private sealed record Knowledge(DateTimeOffset At, IReadOnlyDictionary<SourceKey, SourceStanding> Standings)
    {
        public SourceStanding StandingOf(SourceKey source) => Standings.GetValueOrDefault(source, SourceStanding.NeverRead);
    }
}

/// <param name="LatestCalculated">The newest reading with a level at or before the slot asked for; null where there never was one.</param>
internal sealed record FrameworkReading(EscalationReading Reading, ShownLevel Shown, EscalationReading? LatestCalculated);

/// <summary>A reading and the level shown at it.</summary>
internal sealed record ShownReading(EscalationReading Reading, ShownLevel Shown);
