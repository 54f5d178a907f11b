using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Domain.Escalation;

/// <summary>A stretch of the number line whose edges say whether they belong to it: <c>[0.6, 0.7)</c>, <c>(-inf, 0.6)</c>, <c>[1, +inf)</c>.</summary>
public sealed partial record Interval
{
    /// <exception cref="ArgumentException">The interval holds no number.</exception>
    public Interval(double from, bool fromInclusive, double to, bool toInclusive)
    {
        if (double.IsNaN(from) || double.IsNaN(to) || from > to || (from == to && !(fromInclusive && toInclusive)))
        {
            throw new ArgumentException($"An interval from {Format(from)} to {Format(to)} holds no number.");
        }

        From = from;
        FromInclusive = fromInclusive && !double.IsInfinity(from);
        To = to;
        ToInclusive = toInclusive && !double.IsInfinity(to);
    }

    public double From { get; }

    public bool FromInclusive { get; }

    public double To { get; }

    public bool ToInclusive { get; }

    public bool Contains(double value) =>
        (FromInclusive ? value >= From : value > From) && (ToInclusive ? value <= To : value < To);

    public static bool TryParse(string? text, out Interval? interval)
    {
        interval = null;
        var match = Notation().Match(text ?? "");
        if (!match.Success || !TryParseEdge(match.Groups["from"].ValueSpan, out var from) || !TryParseEdge(match.Groups["to"].ValueSpan, out var to))
        {
            return false;
        }

        var (fromInclusive, toInclusive) = (match.Groups["open"].ValueSpan is "[", match.Groups["close"].ValueSpan is "]");
        if (from > to || (from == to && !(fromInclusive && toInclusive)))
        {
            return false;
        }

        interval = new Interval(from, fromInclusive, to, toInclusive);
        return true;
    }

    /// <summary>
    /// What keeps intervals from covering a range once and only once, in words; empty where they do. A value on an edge that two
    /// intervals claim is an overlap, one that neither claims a gap.
    /// </summary>
    public static IEnumerable<string> FindGapsAndOverlaps(IEnumerable<Interval> intervals, Interval range)
    {
        var sorted = intervals.OrderBy(interval => interval.From).ThenByDescending(interval => interval.FromInclusive).ToList();
        if (sorted.Count == 0)
        {
            yield return $"gap: nothing covers {range}";
            yield break;
        }

        if (sorted[0].From > range.From || (sorted[0].From == range.From && range.FromInclusive && !sorted[0].FromInclusive))
        {
            yield return $"gap: nothing covers {range} below {sorted[0]}";
        }

        foreach (var (left, right) in sorted.Zip(sorted.Skip(1)))
        {
            if (left.To > right.From || (left.To == right.From && left.ToInclusive && right.FromInclusive))
            {
                yield return $"overlap: {left} and {right}";
            }
            else if (left.To < right.From || (!left.ToInclusive && !right.FromInclusive))
            {
                yield return $"gap: between {left} and {right}";
            }
        }

        var last = sorted[^1];
        if (last.To < range.To || (last.To == range.To && range.ToInclusive && !last.ToInclusive))
        {
            yield return $"gap: nothing covers {range} above {last}";
        }
    }

    public override string ToString() =>
        $"{(FromInclusive ? '[' : '(')}{Format(From)}, {Format(To)}{(ToInclusive ? ']' : ')')}";

    private static bool TryParseEdge(ReadOnlySpan<char> text, out double edge)
    {
        switch (text)
        {
            case "-inf":
                edge = double.NegativeInfinity;
                return true;
            case "+inf" or "inf":
                edge = double.PositiveInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out edge);
        }
    }

    private static string Format(double edge) =>
        double.IsNegativeInfinity(edge) ? "-inf"
        : double.IsPositiveInfinity(edge) ? "+inf"
        : edge.ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<open>[\[(])\s*(?<from>[^,\s]+)\s*,\s*(?<to>[^,\s]+)\s*(?<close>[\])])\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Notation();
}
