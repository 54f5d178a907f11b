using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;

namespace MetricsHub.Api;

/// <summary>The steps of a derivation as sums and sentences that a reader can do and check by hand.</summary>
internal static class ExplanationWords
{
    /// <summary><c>(a + b − c × d) / (a + b)</c>, in metrics.</summary>
    public static string FormulaOf(IndicatorFormula formula, int per) =>
        $"{(per == 1 ? "" : Invariant($"{per} × "))}({SumOf(formula.Numerator)}) / ({SumOf(formula.Denominator)})";

    /// <summary>The quotient in numbers, or why there is none.</summary>
    public static string ValueOf(IndicatorReading input, MissingDataPolicy policy)
    {
        var per = input.Indicator.Per;
        var quotient = Invariant($"{(per == 1 ? "" : Invariant($"{per} × "))}{input.Numerator} / {input.Denominator}");
        return input.Denominator > 0 && input.CoveragePercent < policy.MinimumCoveragePercent
            ? Invariant($"{quotient} is of {input.CoveragePercent:0.#} % of what is expected; at least {policy.MinimumCoveragePercent:0.#} % are required")
            : input.Value.TryGetNumber(out var value) ? Invariant($"{quotient} = {value}")
            : input.Value.Absence == Domain.Observations.AbsenceCode.NotApplicable ? "there is nothing to measure"
            : "nobody who is expected states all that it takes";
    }

    /// <summary>Points over available points, on the framework's scale, and the cut.</summary>
    public static string ScoreOf(EscalationReading reading)
    {
        var outcome = reading.Outcome;
        if (outcome.Available == 0)
        {
            return "no input is there";
        }

        var scored = reading.Contributions.Select(part => Invariant($"{part.Points:0.##}"));
        var scale = reading.Framework.Scoring.Mode == ScoringMode.PercentOfAvailable ? "100" : Invariant($"{reading.Framework.FullScale:0.##}");
        var sum = Invariant(
            $"({string.Join(" + ", scored)}) × {scale} / {outcome.Available:0.##} = {outcome.Points:0.##} × {scale} / {outcome.Available:0.##} = {outcome.Score:0.######}");
        return reading.CalculatedLevel is { } level
            ? Invariant($"{sum}; in {reading.Framework.Levels.Single(cut => cut.Level == level).Range}: level {level}")
            : $"{sum}; no level: {reading.NotCalculatedBecause}";
    }

    /// <summary>Why the shown level is what it is.</summary>
    public static string WhyShown(Derivation derivation)
    {
        if (derivation.Fold is not { } fold)
        {
            return derivation.Reading.NotJudgedBecause ?? "nothing is known of any slot up to this one";
        }

        var (outcome, shown) = (fold.Slots[^1].Outcome, fold.Shown);
        var policy = derivation.Rules.Framework.Hysteresis;
        return shown.Status switch
        {
            ShownStatus.NeverKnown => "there never was a level",
            ShownStatus.Held or ShownStatus.Unknown when shown.Level > fold.Before.Level =>
                Invariant($"there is no level, and even the best of what is missing is level {outcome.LowestLevel}"),
            ShownStatus.Held => Invariant($"there is no level; the last one is held for up to {derivation.Rules.Framework.MissingData.HoldSlots} slots, this is number {shown.SlotsWithoutLevel}"),
            ShownStatus.Unknown => Invariant($"there has been no level for {shown.SlotsWithoutLevel} slots; the last one was {shown.Level}"),
            _ when shown.Level > fold.Before.Level => Invariant($"the calculated level is {outcome.Level}: it rises at once"),
            _ when shown.Level < fold.Before.Level => Invariant(
                $"it fell from {fold.Before.Level}: this was calm slot {policy.Slots} of {policy.Slots}, at each of which the worst score plus the margin of {policy.Margin:0.##} was of a lower level"),
            _ when shown.CalmSlots > 0 => Invariant(
                $"it is about to fall to {shown.FallsTo}: the worst score plus the margin of {policy.Margin:0.##} has been of a lower level for {shown.CalmSlots} of {policy.Slots} slots"),
            _ when outcome.Level < shown.Level => Invariant(
                $"the calculated level is {outcome.Level}, and the worst score plus the margin of {policy.Margin:0.##} is still of level {shown.Level} or more: it does not fall"),
            _ when fold.Before.SlotsWithoutLevel > 0 => Invariant(
                $"the calculated level is {outcome.Level}, the one known last before {fold.Before.SlotsWithoutLevel} slots without a level"),
            _ => Invariant($"the calculated level is {outcome.Level}, as shown before"),
        };
    }

    private static string SumOf(IReadOnlyList<IndicatorTerm> terms) => string.Concat(terms.Index().Select(term =>
        $"{(term.Item.Subtract ? (term.Index == 0 ? "−" : " − ") : term.Index == 0 ? "" : " + ")}{term.Item.Metric}{(term.Item.Times is { } times ? $" × {times}" : "")}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
