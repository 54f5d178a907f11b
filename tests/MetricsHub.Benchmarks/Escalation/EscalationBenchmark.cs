using System.Diagnostics;
using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Benchmarks.Escalation;

/// <summary>Levels of a system of 400 series, over arrays in memory, beside what they may take.</summary>
internal static class EscalationBenchmark
{
    private const double NowMilliseconds = 5;
    private const double MonthMilliseconds = 5;
    private const double YearMilliseconds = 10_000;
    private const double YearMegabytes = 1_024;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        var system = new LiveSystem(options.Days);
        await NowAsync(system, report);
        await MonthAsync(system, report);
        await YearAsync(system, report);
    }

    private static async Task NowAsync(LiveSystem system, Report report)
    {
        Period[] now = [system.Slots[^1]];
        var outcome = new ShownOutcome[1];
        var level = await MeasureAsync(200, () => system.Calculator.Evaluate(system.Framework, system.Code, now, system.ColumnOf, outcome));
        Add(report, $"level of {system.Series} series now", level, NowMilliseconds);

        var statements = system.NewestStatements(4);
        var reading = await MeasureAsync(200, () => system.Calculator.Evaluate(system.Framework, system.Code, now[0], statements, _ => AbsenceCode.Late));
        Add(report, $"reading of {system.Series} series now, explained", reading, NowMilliseconds);
    }

    private static async Task MonthAsync(LiveSystem system, Report report)
    {
        var hours = system.Slots.TakeLast(30 * 96).Where((_, i) => i % 4 == 3).ToArray();
        var outcomes = new ShownOutcome[hours.Length];
        var times = await MeasureAsync(50, () => system.Calculator.Evaluate(system.Framework, system.Code, hours, system.ColumnOf, outcomes));
        Add(report, $"levels of {system.Series} series over 30 days by the hour", times, MonthMilliseconds);
    }

    private static async Task YearAsync(LiveSystem system, Report report)
    {
        var outcomes = new ShownOutcome[system.Slots.Length];
        var times = await MeasureAsync(5, () => system.Calculator.Evaluate(system.Framework, system.Code, system.Slots, system.ColumnOf, outcomes));
        Add(report, $"levels of {system.Series} series over {outcomes.Length} slots", times, YearMilliseconds);

        var megabytes = GC.GetTotalMemory(forceFullCollection: true) / 1_048_576.0;
        report.Add(
            "memory that they hold, figures included", string.Create(CultureInfo.InvariantCulture, $"{megabytes:0} MiB"),
            $"{YearMegabytes} MiB", megabytes / YearMegabytes, 1);
    }

    private static async Task<Samples> MeasureAsync(int turns, Action work)
    {
        // Until the runtime has compiled it as it compiles what a hub does for days: that comes in steps, in the background.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            work();
        }

        var times = new Samples();
        for (var turn = 0; turn < turns; turn++)
        {
            await times.MeasureAsync(() =>
            {
                work();
                return Task.CompletedTask;
            });
        }

        return times;
    }

    private static void Add(Report report, string what, Samples times, double milliseconds) =>
        report.Add(what, times.ToString(), string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"), times.P50 / milliseconds, 1);
}
