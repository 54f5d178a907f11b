using System.Diagnostics;
using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Publications;
using MetricsHub.Tests;
using MetricsHub.Tests.Winter;

namespace MetricsHub.Benchmarks.Winter;

/// <summary>Winter 2022-23 through a hub of its own, day by day, and what came of it as two Markdown tables.</summary>
internal static class WinterReport
{
    public const string Argument = "winter";

    public static async Task RunAsync(TextWriter output)
    {
        await using var hub = TestHub.Empty(WinterDayByDay.Change);
        var sitreps = WinterSitreps.Read();
        var winter = new WinterDayByDay(hub, sitreps);
        var start = Stopwatch.GetTimestamp();
        await winter.RunAsync(sitreps.Dates, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(start);

        var (trusts, systems) = (winter.Trusts, winter.Systems);
        Write(output, WinterDayByDay.Local, "trusts", "systems");
        Write(output, "---", "---", "---");
        Write(output, "days", trusts.Days, systems.Days);
        Write(output, "with a level", trusts.Levelled, systems.Levelled);
        Write(output, "fewer than three parameters: counted, not levelled", trusts.TooFewParameters, systems.TooFewParameters);
        Write(output, "without a level for another reason", trusts.OtherwiseWithout, systems.OtherwiseWithout);
        for (var level = 1; level <= LevelScale.Highest; level++)
        {
            Write(output, $"level {level}, calculated / shown", Pair(trusts, level), Pair(systems, level));
        }

        Write(output, "changes of the calculated level", trusts.CalculatedChanges, systems.CalculatedChanges);
        Write(output, "changes of the shown level", trusts.ShownChanges, systems.ShownChanges);
        Write(output, "changes removed", Percent(trusts.RemovedPercent), Percent(systems.RemovedPercent));
        Write(output, "days on which less was shown than calculated", trusts.Delayed, systems.Delayed);
        output.WriteLine();

        Write(output, WinterDayByDay.National, "trusts' days");
        Write(output, "---", "---");
        Write(output, "with a level", winter.TrustsNationally.Levelled);
        foreach (var ((available, applicable), days) in winter.TrustsNationally.Observable)
        {
            Write(output, string.Create(CultureInfo.InvariantCulture, $"`not-calculated`, {available:0.#} of {applicable:0.#} points observable"), days);
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sitreps.Codes.Count} trusts, {sitreps.Dates.Count} days, {took.TotalSeconds:0} s."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Readings that were others when read again after the winter: {winter.ReadOtherwiseLater:N0}."));
        foreach (var (column, refused) in winter.Rejections.CountBy(ColumnOf).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Refused of '{column}': {refused:N0}."));
        }
    }

    /// <summary>Without the date that a parser names with it.</summary>
    private static string ColumnOf(Rejection rejection) => (rejection.Field ?? "whole rows").Split(',')[0];

    private static string Pair(WinterTally tally, int level) =>
        string.Create(CultureInfo.InvariantCulture, $"{tally.DaysAt(level):N0} / {tally.DaysShownAt(level):N0}");

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %");

    private static void Write(TextWriter output, params object[] cells) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(cell => cell is int number ? number.ToString("N0", CultureInfo.InvariantCulture) : cell))} |"));
}
