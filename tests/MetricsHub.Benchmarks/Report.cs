using System.Globalization;

namespace MetricsHub.Benchmarks;

/// <summary>One Markdown table: what MetricsHub took beside what the bare means took, in the same run.</summary>
internal sealed class Report
{
    private readonly List<string> lines = [];

    /// <param name="goal">What the ratio must not exceed, or, for a rate, not fall below; null where there is no goal.</param>
    public void Add(string what, string hub, string bare, double ratio, double? goal, bool higherIsBetter = false)
    {
        var met = goal is not { } limit ? "" : (higherIsBetter ? ratio >= limit : ratio <= limit) ? "yes" : "**no**";
        var wanted = goal is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{(higherIsBetter ? "≥" : "≤")} {goal:0.##}");
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"| {what} | {hub} | {bare} | {ratio:0.00} | {wanted} | {met} |"));
    }

    public void AddTimes(string what, Samples hub, Samples bare, double? goal) =>
        Add(what, hub.ToString(), bare.ToString(), hub.P50 / bare.P50, goal);

    public void Print(TextWriter output)
    {
        output.WriteLine("| What | MetricsHub | bare | ratio | goal | met |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
