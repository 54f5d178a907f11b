using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>A framework's outcome for one organisation at one slot of the framework's grid.</summary>
/// <param name="Slot">The period judged; the reading stands at its end.</param>
/// <param name="Level">1 to 4; null where the level is not calculated.</param>
/// <param name="NotCalculatedBecause">Why there is no level; null where there is one.</param>
/// <param name="Score">Points of the contributions.</param>
/// <param name="AvailablePoints">The most that the contributions could have scored.</param>
/// <param name="ApplicablePoints">The most that contributions and missing inputs could have scored together.</param>
/// <param name="NotApplicable">Inputs that there is nothing to measure for: out of the maximum.</param>
public sealed record EscalationReading(
    Framework Framework,
    OrganisationCode Organisation,
    Period Slot,
    int? Level,
    string? NotCalculatedBecause,
    int Score,
    int AvailablePoints,
    int ApplicablePoints,
    IReadOnlyList<Contribution> Contributions,
    IReadOnlyList<IndicatorReading> Missing,
    IReadOnlyList<IndicatorReading> NotApplicable)
{
    public DateTimeOffset At => Slot.End;

    /// <summary>The reading of an organisation that was not open on the slot's last day.</summary>
    public static EscalationReading NotOpen(Framework framework, Organisation organisation, Period slot) => new(
        framework, organisation.Code, slot, null,
        $"{organisation.Name} was not open on {LondonCalendar.LastDayOf(slot):yyyy-MM-dd}: its code is valid {organisation.Valid} (end exclusive).",
        0, 0, 0, [], [], []);

    /// <summary>Score over available points, in percent; null where no input is there.</summary>
    public double? ScorePercent => AvailablePoints > 0 ? 100.0 * Score / AvailablePoints : null;

    /// <summary>Available over applicable points, in percent; 0 where nothing is applicable.</summary>
    public double ObservablePercent => ApplicablePoints > 0 ? 100.0 * AvailablePoints / ApplicablePoints : 0;
}

/// <summary>One input's part of a score.</summary>
public sealed record Contribution(Parameter Parameter, IndicatorReading Reading, Band Band);
