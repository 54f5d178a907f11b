using System.Diagnostics;
using System.Globalization;
using MetricsHub.Api;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MetricsHub.Benchmarks.Escalation;

/// <summary>
/// A system's year of quarters of an hour, 400 series: from the store through evaluation into the ledger, and from there over HTTP. The clock
/// stands still; each question differs from the one before, so that no kept answer serves it.
/// </summary>
internal static class EvaluationBenchmark
{
    public const string Argument = "evaluation";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private static readonly DateTimeOffset End = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(BenchmarkOptions options, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("metricshub-benchmark-");
        try
        {
            await RunAsync(options, folder.FullName, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(BenchmarkOptions options, string folder, TextWriter output)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Storage:DataFolder"] = folder;
        builder.Services.AddSingleton<TimeProvider>(new StandingClock(End.AddMinutes(5)));
        builder.Services.AddSingleton(EvaluatedYear.Catalogue());
        builder.Services.AddStorage(builder.Configuration).AddEscalation().AddApi();
        await using var app = builder.Build();
        app.UseApi();
        app.MapGroup(ApiSetup.Root).MapEscalation();
        await app.StartAsync();

        var store = app.Services.GetRequiredService<IObservationStore>();
        await EvaluatedYear.StoreAsync(store, 0, End.AddDays(-options.Days), End);
        for (var system = 1; system < EvaluatedYear.Systems; system++)
        {
            await EvaluatedYear.StoreAsync(store, system, End.AddDays(-1), End);
        }

        output.WriteLine("| What | measured | goal |");
        output.WriteLine("|---|---|---|");

        using var watched = new PeakMemory();
        var evaluation = await MeasureAsync(() => app.Services.GetRequiredService<Evaluator>().EvaluateAsync(CancellationToken.None));
        Add(output, $"evaluate and store the readings of {options.Days} days of one system, and of the last day of {EvaluatedYear.Systems - 1} others", evaluation, "≤ 10 s");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| peak of the working set meanwhile | {watched.Stop():0} MiB | < 1 GiB |"));

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var code = EvaluatedYear.SystemCode(0);
        Task HistoryAsync(int turn) => client.GetByteArrayAsync(
            $"/api/v1/organisations/{code}/escalation/history?step=hour&from={ApiJson.ToText(End.AddDays(-options.Days).AddSeconds(turn + 1))}");
        Task NowAsync(int turn) => client.GetByteArrayAsync($"/api/v1/organisations/{code}/escalation?at={ApiJson.ToText(End.AddSeconds(turn))}");

        // A hub that runs has compiled its code to the end: three seconds of the same work, of other instants so that no answer is kept.
        var turns = 0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WarmUp; turns++)
        {
            await HistoryAsync(turns);
            await NowAsync(turns);
        }

        var history = new Samples();
        for (var turn = 0; turn < 25; turn++)
        {
            await history.MeasureAsync(() => HistoryAsync(turns++));
        }

        output.WriteLine($"| history of {options.Days} days by the hour over HTTP, none kept, p50 / p99 | {history} | ≤ 50 ms p50 |");

        var reader = app.Services.GetRequiredService<EscalationReader>();
        var now = await MeasureAsync(() => reader.ReadLatestOfAllAsync(EvaluatedYear.Framework, OrganisationKind.System, CancellationToken.None));
        Add(output, $"all {EvaluatedYear.Systems} systems now, explained", now, "≤ 1 s");

        var one = new Samples();
        for (var turn = 0; turn < 25; turn++)
        {
            await one.MeasureAsync(() => NowAsync(turns++));
        }

        output.WriteLine($"| one system now over HTTP, none kept, p50 / p99 | {one} | |");
    }

    private static async Task<TimeSpan> MeasureAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Add(TextWriter output, string what, TimeSpan time, string goal) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {time.TotalSeconds:0.00} s | {goal} |"));

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>Looks at the working set ten times a second.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer timer;
        private long peak;

        public PeakMemory() => timer = new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

        /// <summary>The peak in MiB.</summary>
        public double Stop()
        {
            Dispose();
            return peak / 1_048_576.0;
        }

        public void Dispose() => timer.Dispose();
    }
}
