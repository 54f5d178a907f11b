using MetricsHub.Domain.Indicators;

namespace MetricsHub.Domain.Escalation;

/// <summary>A change of one input, all others staying as they are, that moves the calculated level.</summary>
/// <param name="Indicator">Whose value changes; values, edge and change are in its unit.</param>
/// <param name="Edge">The edge of the nearest band that is enough.</param>
/// <param name="EdgeIncluded">Whether reaching the edge is enough; else it has to be passed.</param>
/// <param name="NumeratorChange">The change told in the numerator, the denominator staying as it is: so many beds, so many breaches.</param>
public sealed record InputChange(
    Indicator Indicator, int FromLevel, int ToLevel, double Value, double Edge, bool EdgeIncluded, double NumeratorChange)
{
    public double Change => Edge - Value;

    public bool MovesUp => ToLevel > FromLevel;

    /// <summary>
    /// For each input the smallest change that moves the level up and the smallest that moves it down, as far as there are such; nearest
    /// first. Units differ, so that nearness is told by the stretch between the outermost edges of the input's bands.
    /// </summary>
    /// <param name="contributions">Those of the inputs that are there, in their order.</param>
    internal static IReadOnlyList<InputChange> Smallest(Scorer scorer, ReadOnlySpan<InputState> inputs, IReadOnlyList<Contribution> contributions)
    {
        var outcome = scorer.Score(inputs);
        var found = new List<(double Nearness, InputChange Change)>();
        var contribution = 0;
        for (var i = 0; i < inputs.Length && outcome.IsCalculated; i++)
        {
            if (inputs[i].Status != InputStatus.Present)
            {
                continue;
            }

            var part = contributions[contribution++];
            var stretch = StretchOf(part.Parameter);
            found.AddRange(ChangesOf(scorer, outcome, i, inputs[i], part)
                .GroupBy(change => change.MovesUp)
                .Select(group => group.MinBy(change => Math.Abs(change.Change))!)
                .Select(change => (Math.Abs(change.Change) / stretch, change)));
        }

        return [.. found.OrderBy(item => item.Nearness).Select(item => item.Change)];
    }

    private static IEnumerable<InputChange> ChangesOf(Scorer scorer, SlotOutcome outcome, int parameter, InputState input, Contribution part)
    {
        foreach (var (band, to) in part.Parameter.Bands.Index())
        {
            var points = outcome.Points + scorer.PointsOf(parameter, band) - part.Points;
            var level = scorer.Scale.LevelOf(scorer.Scale.ScoreOf(points, outcome.Available));
            if (level != outcome.Level)
            {
                var (edge, included) = to.Range.From > input.Value || (to.Range.From == input.Value && !to.Range.FromInclusive)
                    ? (to.Range.From, to.Range.FromInclusive)
                    : (to.Range.To, to.Range.ToInclusive);
                var indicator = part.Reading.Indicator;
                yield return new InputChange(
                    indicator, outcome.Level, level, input.Value, edge, included, (edge - input.Value) * part.Reading.Denominator / indicator.Per);
            }
        }
    }

    private static double StretchOf(Parameter parameter)
    {
        var edges = parameter.Bands.SelectMany(band => new[] { band.Range.From, band.Range.To }).Where(double.IsFinite).ToList();
        var stretch = edges.Count > 0 ? edges.Max() - edges.Min() : 0;
        return stretch > 0 ? stretch : edges.Count > 0 && edges[0] != 0 ? Math.Abs(edges[0]) : 1;
    }
}
