using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>A framework's outcome for one organisation at one slot of the framework's grid.</summary>
/// <param name="Slot">The period judged; the reading stands at its end.</param>
/// <param name="NotJudgedBecause">Why the organisation is not judged at all; null where it is.</param>
/// <param name="NotApplicable">Inputs that there is nothing to measure for: out of the maximum.</param>
/// <param name="Pillars">What each service domain is on its own, in the order of the framework.</param>
/// <param name="Changes">The smallest changes of one input that move the level, nearest first; empty where there is none.</param>
public sealed record EscalationReading(
    Framework Framework,
    OrganisationCode Organisation,
    Period Slot,
    SlotOutcome Outcome,
    string? NotJudgedBecause,
    IReadOnlyList<Contribution> Contributions,
    IReadOnlyList<IndicatorReading> Missing,
    IReadOnlyList<IndicatorReading> NotApplicable,
    IReadOnlyList<PillarReading> Pillars,
    IReadOnlyList<InputChange> Changes)
{
    public DateTimeOffset At => Slot.End;

    /// <summary>What a framework makes of a slot, with everything that it rests on.</summary>
    /// <param name="inputs">One for each parameter, in their order.</param>
    /// <param name="readings">The indicator behind each of them.</param>
    internal static EscalationReading Of(
        Scorer scorer, OrganisationCode organisation, Period slot, ReadOnlySpan<InputState> inputs, IReadOnlyList<IndicatorReading> readings)
    {
        var contributions = new List<Contribution>();
        var absent = new List<IndicatorReading>();
        var notApplicable = new List<IndicatorReading>();
        for (var i = 0; i < inputs.Length; i++)
        {
            var reading = readings[i];
            switch (inputs[i].Status)
            {
                case InputStatus.Present:
                    var parameter = scorer.Framework.Parameters[i];
                    contributions.Add(new Contribution(
                        parameter, reading, parameter.Bands[inputs[i].Band], scorer.PointsOf(i, inputs[i].Band),
                        parameter.LowSample?.Marks(reading.OldestPeriod.End) ?? false));
                    break;
                case InputStatus.NotApplicable:
                    notApplicable.Add(reading);
                    break;
                default:
                    absent.Add(reading.Value.IsAbsent ? reading : reading with { Value = Figure.Absent(reading.WhenMissing) });
                    break;
            }
        }

        var pillars = new List<PillarReading>();
        for (var pillar = 0; pillar < scorer.Pillars.Count; pillar++)
        {
            pillars.Add(new PillarReading(scorer.Pillars[pillar], scorer.ScorePillar(inputs, pillar)));
        }

        return new EscalationReading(
            scorer.Framework, organisation, slot, scorer.Score(inputs), null, contributions, absent, notApplicable, pillars,
            InputChange.Smallest(scorer, inputs, contributions));
    }

    /// <summary>The reading of an organisation that was not open on the slot's last day.</summary>
    public static EscalationReading NotOpen(Framework framework, Organisation organisation, Period slot) => new(
        framework, organisation.Code, slot, default, WhyNotOpen(organisation, slot), [], [], [], [], []);

    /// <summary>Why an organisation that was not open on a slot's last day is not judged.</summary>
    public static string WhyNotOpen(Organisation organisation, Period slot) =>
        $"{organisation.Name} was not open on {LondonCalendar.LastDayOf(slot):yyyy-MM-dd}: its code is valid {organisation.Valid} (end exclusive).";

    /// <summary>1 to 4; null where the level is not calculated.</summary>
    public int? CalculatedLevel => Outcome.IsCalculated ? Outcome.Level : null;

    /// <summary>Between which levels it lies whatever the missing inputs are; null where the organisation is not judged.</summary>
    public LevelBounds? Bounds => NotJudgedBecause is null ? Outcome.Bounds : null;

    /// <summary>Why there is no level; null where there is one.</summary>
    public string? NotCalculatedBecause => NotJudgedBecause ?? Outcome.WhyNot(Framework.MissingData);

    /// <summary>The points scored over the available ones, in percent; null where no input is there.</summary>
    public double? ScorePercent => Outcome.Available > 0 ? 100.0 * (double)Outcome.Points / (double)Outcome.Available : null;

    /// <summary>Available over applicable points, in percent; 0 where nothing is applicable.</summary>
    public double ObservablePercent => Outcome.ObservablePercent;
}

/// <summary>One input's part of a score.</summary>
/// <param name="Points">What the band scores, the parameter's weight included.</param>
/// <param name="IsLowSample">Whether it is a since-midnight measure read too soon after midnight to rest on much.</param>
public sealed record Contribution(Parameter Parameter, IndicatorReading Reading, Band Band, decimal Points, bool IsLowSample);

/// <summary>What one service domain is on its own, by the same cuts as the whole: a pillar at its worst does not disappear in the sum.</summary>
public sealed record PillarReading(string ServiceDomain, SlotOutcome Outcome);
