using System.Globalization;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>Two Markdown tables: what was measured of all four, and the goals, each a ratio to one peer.</summary>
internal sealed class PeersTable(IReadOnlyList<string> names)
{
    private readonly List<string> figures = [];
    private readonly List<string> goals = [];

    public void AddFigures(string what, IEnumerable<string> ofEach) => figures.Add($"| {what} | {string.Join(" | ", ofEach)} |");

    /// <param name="row">The number of the goal.</param>
    /// <param name="limit">What the ratio of hub to peer must not exceed, or, where higher is better, not fall below.</param>
    public void AddGoal(int row, string what, string peer, double hubFigure, double peerFigure, string unit, double limit, bool higherIsBetter = false)
    {
        var ratio = hubFigure / peerFigure;
        Add(row, what, Text(hubFigure, unit), $"{peer} {Text(peerFigure, unit)}", Ratio(ratio), $"{(higherIsBetter ? "≥" : "≤")} {Ratio(limit)}", higherIsBetter ? ratio >= limit : ratio <= limit);
    }

    /// <summary>A goal that is no ratio to a peer.</summary>
    public void AddAbsolute(int row, string what, double figure, string unit, double limit) =>
        Add(row, what, Text(figure, unit), "–", "–", $"≤ {Text(limit, unit)}", figure <= limit);

    /// <summary>A goal that is measured in another place.</summary>
    public void AddElsewhere(int row, string what, string where) => goals.Add($"| {row} | {what} | {where} | – | – | – | – |");

    public void Print(TextWriter output)
    {
        output.WriteLine($"| What | {string.Join(" | ", names)} |");
        output.WriteLine($"|---|{string.Concat(names.Select(_ => "---|"))}");
        figures.ForEach(output.WriteLine);
        output.WriteLine();
        output.WriteLine("| Goal | What | MetricsHub | peer | ratio | goal | met |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        goals.ForEach(output.WriteLine);
    }

    /// <summary>A figure with three digits that count, or more where it is large.</summary>
    public static string Text(double figure, string unit)
    {
        var format = figure switch { >= 100 => "#,0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" };
        return $"{figure.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }

    private static string Ratio(double ratio) => ratio.ToString("0.###", CultureInfo.InvariantCulture);

    private void Add(int row, string what, string hub, string peer, string ratio, string goal, bool met) =>
        goals.Add($"| {row} | {what} | {hub} | {peer} | {ratio} | {goal} | {(met ? "yes" : "**no**")} |");
}
