using System.Globalization;
using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Tests.Escalation;

/// <summary>Frameworks for tests: one by hand, and any number of generated ones.</summary>
internal static class Frameworks
{
    private const string Made = "test";

    /// <summary>The sums that OPEL 2023/24 cuts: nine parameters, 44 points, 11, 22 and 33.</summary>
    public static readonly Framework Sums = Of(
        ScoringMode.Sum, Rounding.None,
        [.. new[] { 6, 4, 6, 6, 4, 4, 6, 4, 4 }.Select((top, index) => Parameter($"p{index}", $"(-inf, 0]=0 (0, +inf)={top}"))],
        ["[0, 11]", "(11, 22]", "(22, 33]", "(33, 44]"]);

    /// <summary>Four parameters of four domains, 0 to 3 points each; level 3 above 50 % and level 4 above 75 %.</summary>
    public static readonly Framework Shares = Of(
        ScoringMode.PercentOfAvailable, Rounding.None,
        [.. Enumerable.Range(0, 4).Select(index => Parameter($"p{index}", "(-inf, 10]=0 (10, 20]=1 (20, 30]=2 (30, +inf)=3"))],
        ["[0, 25]", "(25, 50]", "(50, 75]", "(75, 100]"]);

    /// <summary>Its service domain is what stands before the hyphen: <c>ed-waits</c> is of <c>ed</c>, <c>p0</c> of <c>p0</c>.</summary>
    public static string DomainOf(string indicator) => indicator.Split('-')[0];

    public static Scorer Score(this Framework framework) => new(framework, DomainOf);

    public static Framework Of(
        ScoringMode mode, Rounding rounding, IReadOnlyList<Parameter> parameters, IReadOnlyList<string> levels, decimal margin = 0, int slots = 1) => new(
        "made", "1", "Made", "Made", false, [OrganisationKind.System], DateSpan.Always, Cadence.QuarterHour,
        new ScoringRule(mode, rounding, Provenance.LocalPlaceholder, Made), parameters, [],
        [.. levels.Select((range, index) => new LevelCut(index + 1, Parse(range), Provenance.LocalPlaceholder, Made))],
        new MissingDataPolicy(2, 2, 75, 80, 2, Provenance.LocalPlaceholder, Made),
        new HysteresisPolicy(margin, slots, Provenance.LocalPlaceholder, Made));

    /// <param name="bands"><c>(-inf, 0.9]=0 (0.9, +inf)=3</c>.</param>
    public static Parameter Parameter(string indicator, string bands, decimal? weight = null, string? maximumAge = null) => new(
        indicator,
        [.. bands.Split(' ').Chunk(2).Select(pair => string.Join(' ', pair).Split('=')).Select(
            pair => new Band(Parse(pair[0]), int.Parse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture), Provenance.LocalPlaceholder, Made))],
        weight is { } value ? new ParameterWeight(value, Provenance.LocalPlaceholder, Made) : null,
        maximumAge is { } age ? new MaximumAge(TimeSpan.ParseExact(age, "c", CultureInfo.InvariantCulture), Provenance.LocalPlaceholder, Made) : null);

    public static Interval Parse(string text) => Interval.TryParse(text, out var interval) ? interval! : throw new FormatException(text);

    /// <summary>Edges that rise, told as bands that cover the line: which side an edge falls to is drawn too.</summary>
    public static IReadOnlyList<Interval> Cover(IReadOnlyList<double> edges, IReadOnlyList<bool> edgeIsAbove, double from, double to)
    {
        var all = edges.Prepend(from).Append(to).ToList();
        return
        [
            .. Enumerable.Range(0, all.Count - 1).Select(i => new Interval(
                all[i], i == 0 || edgeIsAbove[i - 1], all[i + 1], i == all.Count - 2 || !edgeIsAbove[i])),
        ];
    }

    private static readonly Gen<Parameter> AnyParameter =
        from edges in Gen.Int[1, 99].HashSet[1, 5]
        from sides in Gen.Bool.Array[5]
        from points in Gen.Int[0, 6].Array[6]
        from best in Gen.Int[0, 5]
        from weight in Gen.Int[1, 8]
        let ranges = Cover([.. edges.Order().Select(edge => (double)edge)], sides, double.NegativeInfinity, double.PositiveInfinity)
        let zero = best % ranges.Count
        select new Parameter(
            "p", [.. ranges.Select((range, i) => new Band(range, i == zero ? 0 : points[i] + (i == (zero + 1) % ranges.Count ? 1 : 0), Provenance.LocalPlaceholder, Made))],
            new ParameterWeight(weight / 4m, Provenance.LocalPlaceholder, Made));

    /// <summary>Any framework of two to six parameters: one- and two-sided bands, weights, both modes, both roundings, any cuts and policies.</summary>
    public static readonly Gen<Framework> Any =
        from parameters in AnyParameter.Array[2, 6]
        from domains in Gen.Int[0, 3].Array[6]
        from sum in Gen.Bool
        from rounded in Gen.Bool
        from cuts in Gen.Int[1, 99].HashSet[3]
        from sides in Gen.Bool.Array[3]
        from policy in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 100], Gen.Int[0, 3])
        from hysteresis in Gen.Select(Gen.Int[0, 12], Gen.Int[1, 4])
        let named = parameters.Select((parameter, i) => parameter with { Indicator = $"d{domains[i]}-{i}" }).ToList()
        let full = sum ? (double)named.Sum(parameter => parameter.MaximumPoints) : 100
        let ranges = Cover([.. cuts.Order().Select(cut => cut / 100.0 * full)], sides, 0, full)
        select Of(
            sum ? ScoringMode.Sum : ScoringMode.PercentOfAvailable, rounded ? Rounding.HalfUp : Rounding.None, named, [.. ranges.Select(range => range.ToString())]) with
        {
            MissingData = new MissingDataPolicy(policy.Item1, policy.Item2, policy.Item3, 80, policy.Item4, Provenance.LocalPlaceholder, Made),
            Hysteresis = new HysteresisPolicy(hysteresis.Item1, hysteresis.Item2, Provenance.LocalPlaceholder, Made),
        };

    /// <summary>A framework and a history of slots: for each parameter a value, nothing, or nothing to measure.</summary>
    public static readonly Gen<(Scorer Scorer, InputState[][] Slots)> AnyHistory =
        from framework in Any
        from draws in Gen.Select(Gen.Int[0, 9], Gen.Int[-1, 101]).Array[framework.Parameters.Count].Array[1, 24]
        let scorer = framework.Score()
        select (scorer, draws.Select(slot => slot.Select((draw, i) => ToState(scorer, i, draw)).ToArray()).ToArray());

    private static InputState ToState(Scorer scorer, int parameter, (int Kind, int Value) draw) => draw.Kind switch
    {
        0 or 1 => InputState.Missing,
        2 => InputState.NotApplicable,
        _ => scorer.Read(parameter, draw.Value),
    };
}
