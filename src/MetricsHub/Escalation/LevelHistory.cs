using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>A framework's readings of an organisation over time, slot by slot or by the step.</summary>
internal sealed class LevelHistory(HubCatalogue catalogue, IObservationStore store, ILedger ledger, EvaluationBasis basis, LevelReader levels)
{
    /// <summary>
    /// The readings whose slots end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first: from the stored
    /// ones where they hold, else worked out from the figures.
    /// </summary>
    /// <param name="step">Null for every slot. Where the grid is finer, a step's item is its last reading, and the worst of all of them.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public Task<IReadOnlyList<HistoryReading>> ReadAsync(
        Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to, Step? step, DateTimeOffset? asOf,
        CancellationToken cancellationToken) =>
        Consistent.ReadAsync(store, () => ReadOnceAsync(framework, organisation, from, to, step, asOf, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<HistoryReading>> ReadOnceAsync(
        Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to, Step? step, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var slots = JudgedSlots.Between(framework, organisation with { Valid = DateSpan.Always }, catalogue.Organisations, from, to).ToList();
        if (slots.Count == 0)
        {
            return [];
        }

        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        var series = await levels.SeriesOfAsync(framework, [organisation], cancellationToken);
        var holdsTo = asOf is null ? standing.HoldsTo(framework, series) : null;
        if (step is not null && framework.Grid == Cadence.QuarterHour && holdsTo >= slots[^1].End
            && await HoursAsync(framework, organisation, slots, cancellationToken) is { } hours)
        {
            return step == Step.Hour ? hours : Gather(hours, step.Value);
        }

        var found = (await levels.ReadAsync(framework, organisation, series, from, to, holdsTo, asOf, cancellationToken)).ToDictionary(outcome => outcome.At);
        var readings = slots.ConvertAll(slot => found.TryGetValue(slot.End, out var outcome)
            ? new HistoryReading(framework, Alone(outcome), null)
            : new HistoryReading(framework, Alone(new ShownOutcome(slot.End, default, default)), EscalationReading.WhyNotOpen(organisation, slot)));
        return step is null || framework.Grid is not (Cadence.QuarterHour or Cadence.Day) ? readings : Gather(readings, step.Value);
    }

    /// <summary>The stored readings by the hour; null where one of the slots has none.</summary>
    private async Task<List<HistoryReading>?> HoursAsync(Framework framework, Organisation organisation, List<Period> slots, CancellationToken cancellationToken)
    {
        var hours = await ledger.ReadHourlyReadingsAsync(
            new ReadingQuery(FrameworkVersion.Of(framework), organisation.Code, slots[0].End, slots[^1].End), cancellationToken);
        return hours.Sum(hour => hour.Readings) == slots.Count ? [.. hours.Select(hour => new HistoryReading(framework, hour, null))] : null;
    }

    private static SteppedOutcome Alone(ShownOutcome found) => new(
        found, found.Shown.Level, found.Outcome.Level, 1, found.Outcome.LowestLevel == found.Outcome.HighestLevel ? 0 : 1);

    /// <summary>Readings that stand in order, by the steps that hold their slots' last instants.</summary>
    private static List<HistoryReading> Gather(List<HistoryReading> readings, Step step) =>
    [
        .. readings.GroupBy(reading => StartOf(step, reading.Found.Last.At)).Select(group => group.Last() with
        {
            Found = new SteppedOutcome(
                group.Last().Found.Last,
                group.Max(reading => reading.Found.HighestShownLevel),
                group.Max(reading => reading.Found.HighestLevel),
                group.Sum(reading => reading.Found.Readings),
                group.Sum(reading => reading.Found.Uncertain)),
        }),
    ];

    private static DateTimeOffset StartOf(Step step, DateTimeOffset slotEnd)
    {
        var instant = slotEnd.AddTicks(-1);
        return step switch
        {
            Step.Hour => new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero),
            Step.Day => LondonCalendar.StartOf(LondonCalendar.DateOf(instant)),
            _ => LondonCalendar.MonthOf(instant).Start,
        };
    }
}

/// <summary>One item of a history.</summary>
/// <param name="Found">The last reading of a step, and the worst of all; without steps the slot's own.</param>
/// <param name="NotJudgedBecause">Why the organisation is not judged at all; null where it is.</param>
internal sealed record HistoryReading(Framework Framework, SteppedOutcome Found, string? NotJudgedBecause)
{
    public DateTimeOffset At => Found.Last.At;

    public SlotOutcome Outcome => Found.Last.Outcome;

    public ShownLevel Shown => Found.Last.Shown;

    /// <summary>1 to 4; null where the level is not calculated.</summary>
    public int? CalculatedLevel => Outcome.IsCalculated ? Outcome.Level : null;

    /// <summary>Why there is no level; null where there is one.</summary>
    public string? NotCalculatedBecause => NotJudgedBecause ?? Outcome.WhyNot(Framework.MissingData);

    /// <summary>Null where the organisation is not judged.</summary>
    public LevelBounds? Bounds => NotJudgedBecause is null ? Outcome.Bounds : null;
}
