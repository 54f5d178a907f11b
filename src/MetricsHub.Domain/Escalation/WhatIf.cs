using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Domain.Escalation;

/// <summary>A derivation with some of its inputs supposed to be others. What was shown at the slot before stays as it was.</summary>
/// <param name="Shown">What would be shown at the slot.</param>
public sealed record WhatIf(EscalationReading Reading, ShownLevel Shown)
{
    /// <summary>Supposes values of indicators.</summary>
    /// <param name="before">What stands as it is; of an organisation that is not judged nothing can be supposed.</param>
    /// <param name="values">By indicator: a number, or null for a missing input.</param>
    public static WhatIf Of(Derivation before, IReadOnlyDictionary<string, double?> values) =>
        Of(before.Rules, before.Reading, before.Fold?.Before ?? default, values);

    /// <param name="shownBefore">What was shown at the slot before.</param>
    public static WhatIf Of(FrameworkRules rules, EscalationReading reading, ShownLevel shownBefore, IReadOnlyDictionary<string, double?> values)
    {
        if (reading.NotJudgedBecause is not null)
        {
            return new WhatIf(reading, default);
        }

        var scorer = rules.ToScorer();
        var parameters = rules.Framework.Parameters;
        var inputs = new InputState[parameters.Count];
        var readings = new IndicatorReading[parameters.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var known = Find(reading, parameters[i].Indicator, out var status);
            var supposed = values.TryGetValue(parameters[i].Indicator, out var value);
            readings[i] = supposed ? Suppose(known, value) : known;
            inputs[i] = supposed ? value is { } number ? scorer.Read(i, number) : InputState.Missing
                : status == InputStatus.Present && known.Value.TryGetNumber(out var stated) ? scorer.Read(i, stated)
                : new InputState(status);
        }

        var after = EscalationReading.Of(scorer, reading.Organisation, reading.Slot, inputs, readings);
        return new WhatIf(after, shownBefore.Next(scorer, after.Outcome, reading.At));
    }

    private static IndicatorReading Find(EscalationReading reading, string indicator, out InputStatus status)
    {
        var present = reading.Contributions.FirstOrDefault(contribution => contribution.Reading.Indicator.Key == indicator)?.Reading;
        var notApplicable = reading.NotApplicable.FirstOrDefault(input => input.Indicator.Key == indicator);
        status = present is not null ? InputStatus.Present : notApplicable is not null ? InputStatus.NotApplicable : InputStatus.Missing;
        return present ?? notApplicable ?? reading.Missing.First(input => input.Indicator.Key == indicator);
    }

    // The denominator stays: what is supposed is so many more or fewer of it.
    private static IndicatorReading Suppose(IndicatorReading known, double? value) => value is { } number
        ? known with { Value = Figure.Of(number), Numerator = number * known.Denominator / known.Indicator.Per }
        : known with { Value = Figure.Absent(known.WhenMissing) };
}
