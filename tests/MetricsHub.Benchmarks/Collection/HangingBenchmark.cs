using System.Globalization;
using MetricsHub.Benchmarks.Http;
using MetricsHub.Jobs;

namespace MetricsHub.Benchmarks.Collection;

/// <summary>
/// 500 feeds every minute, a tenth of which never answers: how long after their slots the others are asked, seen from the publisher's
/// side. The start, when all are collected at once, is not a slot and is left out.
/// </summary>
internal static class HangingBenchmark
{
    public const string Argument = "hanging";
    private const int Feeds = 500;
    private const int Minutes = 5;
    private const string Address = "http://127.0.0.1:5094";

    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("metricshub-hanging-");
        try
        {
            await using var server = await FeedServer.StartAsync(Hangs);
            var catalogue = Path.Combine(folder.FullName, "catalogue");
            FeedCatalogue.Write(catalogue, server.Address, Feeds, "* * * * *");
            using var hub = new ServerProcess(
                Address, "0,1", Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--urls", Address, "--Storage:DataFolder", folder.FullName,
                "--Catalogue:Folder", catalogue, "--Simulator:Start", "false");
            await hub.AskUntilAsync("/health/live", _ => true);

            // The first collection of everything, and then whole minutes only.
            await Task.Delay(TimeSpan.FromMinutes(2), TimeProvider.System);
            var from = NextMinute(TimeProvider.System.GetUtcNow());
            var to = from.AddMinutes(Minutes);
            await Task.Delay(to.AddSeconds(30) - TimeProvider.System.GetUtcNow(), TimeProvider.System);

            var delays = server.Requests
                .Where(request => !Hangs(request.Feed))
                .Select(request => (request.Feed, Slot: SlotOf(request.Feed, request.At), request.At))
                .Where(request => request.Slot >= from && request.Slot < to)
                .DistinctBy(request => (request.Feed, request.Slot))
                .Select(request => (request.At - request.Slot).TotalSeconds)
                .Order()
                .ToList();
            var expected = Minutes * Enumerable.Range(1, Feeds).Count(feed => !Hangs(feed));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Feeds} feeds a minute, {Feeds / 10} of them hanging: the others were asked in {delays.Count} of {expected} slots, "
                + $"p50 / p95 / highest delay {At(delays, 0.5):0.00} / {At(delays, 0.95):0.00} / {delays[^1]:0.00} s"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Hangs(int feed) => feed % 10 == 0;

    /// <summary>The last instant at or before a request at which the feed was due.</summary>
    private static DateTimeOffset SlotOf(int feed, DateTimeOffset at)
    {
        var slot = NextMinute(at).AddMinutes(-1).AddSeconds(Slots.SecondOf(FeedCatalogue.KeyOf(feed)));
        return slot <= at ? slot : slot.AddMinutes(-1);
    }

    private static DateTimeOffset NextMinute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
}
