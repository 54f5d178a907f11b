using System.Text;
using CsCheck;
using MetricsHub.Collection;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Files;
using MetricsHub.Tests.Api;
using MetricsHub.Tests.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace MetricsHub.Tests.Collection;

public sealed class PushReceiverTests
{
    private const string Row = """{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7}""";

    private static readonly SourceKey Source = new(PushSystem.Key);

    /// <summary>Good rows of four series over eight hours, and bad ones of every kind as often.</summary>
    private static readonly (bool Good, string Text)[] Candidates =
    [
        .. from metric in new[] { "utc-waiting", "utc-longest-wait" }
           from organisation in new[] { "SIMU1", "SIMU2" }
           from quarter in Enumerable.Range(0, 32)
           select (true, $$"""{"metric":"{{metric}}","organisation":"{{organisation}}","at":"2026-11-22T{{quarter / 4:00}}:{{quarter % 4 * 15:00}}:00Z","value":{{(quarter * 7) + metric.Length}}}"""),
        .. Enumerable.Repeat(
            new[]
            {
                "{}",
                "7",
                Row.Replace("SIMU1", "SIMU9", StringComparison.Ordinal),
                Row.Replace("SIMU1", "RTP", StringComparison.Ordinal),
                Row.Replace("Z", "", StringComparison.Ordinal),
                Row.Replace("value", "valeu", StringComparison.Ordinal),
            },
            20).SelectMany(bad => bad).Select(bad => (false, bad)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Receive_StoreThatFailedHalfWay_IsUnavailableAndThenFinishedOnce(bool finishedByARun)
    {
        await using var host = await PushHost.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<IObservationStore>(
            provider => new FailingOnce(provider.GetRequiredService<DuckDbObservationStore>()))));

        using var unavailable = await host.PushAsync("key", $"[{Row}]");

        await unavailable.AssertProblemAsync(503, "/problems/unavailable");
        Assert.Equal("30", Assert.Single(unavailable.Headers.GetValues("Retry-After")));
        Assert.Equal("archived", Assert.Single((await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").EnumerateArray()).GetProperty("state").GetString());

        await host.RestartAsync();
        if (finishedByARun)
        {
            var run = await host.Services.GetRequiredService<Collector>().CollectAsync(Source, Cancellation);
            Assert.Equal((RunOutcome.Succeeded, 1), (run.Outcome, run.Stored));
        }

        var answer = await host.PushedAsync("key", $"[{Row}]");
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 7"], await host.FiguresAsync("utc-waiting"));
    }

    [Fact]
    public async Task Receive_ArchiveThatCannotBeWritten_IsUnavailableAndEntersNothing()
    {
        await using var host = await PushHost.StartAsync(services => services.Replace(ServiceDescriptor.Singleton(_ =>
        {
            var folder = Directory.CreateTempSubdirectory("metricshub-test-").FullName;
            var archive = new Archive(new ArchiveFolder(Path.Combine(folder, "archive")));
            Directory.Delete(folder, recursive: true);
            return archive;
        })));

        using var response = await host.PushAsync("key", $"[{Row}]");

        await response.AssertProblemAsync(503, "/problems/unavailable");
        Assert.Empty((await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").EnumerateArray());
    }

    /// <summary>
    /// Rows of one series and period are alike wherever they stand: which of two that contradict each other counts is decided by who comes
    /// later, and so must depend on the order.
    /// </summary>
    [Fact]
    public async Task Receive_RandomRowsInAnySplitAndOrder_AccountsForAllAndStoresEveryGoodOne()
    {
        var rows = Gen.Int[0, Candidates.Length - 1].Select(index => Candidates[index]);
        await Gen.Select(rows.Array[1, 40], Gen.Int[1, 7], Gen.Int).SampleAsync(
            async (pushed, parts, seed) =>
            {
                await using var whole = NewHub();
                await using var split = NewHub();

                await PushAsync(whole, "whole", pushed);
                var mixed = pushed.ToArray();
                new Random(seed).Shuffle(mixed);
                foreach (var (index, part) in mixed.Chunk(parts).Index())
                {
                    await PushAsync(split, $"part {index}", part);
                }

                var expected = pushed.Where(row => row.Good).Select(row => row.Text).Distinct().Count();
                var figures = await FiguresAsync(whole);
                Assert.Equal(expected, figures.Length);
                Assert.Equal(figures, await FiguresAsync(split));
            },
            iter: 8,
            threads: 1);
    }

    /// <summary>Every row is accounted for: the bad ones are rejected, and no good one is, but for standing there twice.</summary>
    private static async Task PushAsync(TestHub hub, string key, (bool Good, string Text)[] rows)
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', rows.Select(row => row.Text))}]");
        var outcome = await hub.Services.GetRequiredService<PushReceiver>()
            .ReceiveAsync(hub.Catalogue.Sources[Source], new PushedBody(key, "somebody", "application/json", body, [Grant.Everything]), Cancellation);

        var taken = Assert.IsType<PushTaken>(outcome);
        var answer = MetricsHub.Api.PushAnswer.Of(taken);
        Assert.Equal(rows.Length, answer.Accepted + answer.Rejected);
        Assert.Equal(rows.Length, answer.Rows.Count);
        var seen = new HashSet<string>();
        Assert.All(rows.Zip(answer.Rows), pair => Assert.Equal(pair.First.Good && seen.Add(pair.First.Text), pair.Second.Status == "accepted"));
        Assert.Equal(answer.Accepted, taken.Publication.Tally.Observations);
    }

    private static async Task<string[]> FiguresAsync(TestHub hub)
    {
        var selection = new SeriesSelection(new HashSet<MetricKey> { new("utc-waiting"), new("utc-longest-wait") }, null);
        return [.. (await hub.Store.ReadAsync(new StatementQuery(selection), Cancellation)).Select(statement => $"{statement.Series} {statement.Period} {statement.Figure}")];
    }

    private static TestHub NewHub() => TestHub.Empty(PushSystem.WriteTo, replace: null, PushSystem.Setting);

    /// <summary>A store that cannot write when it is asked for the first time, as on a disk that is full.</summary>
    private sealed class FailingOnce(IObservationStore store) : IObservationStore
    {
        private bool failed;

        public long Version => store.Version;

        public Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
        {
            if (failed)
            {
                return store.AppendAsync(release, statements, cancellationToken);
            }

            failed = true;
            throw new IOException("No space left on device");
        }

        public Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken) => store.ReadAsync(query, cancellationToken);

        public Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken) => store.LatestAsync(selection, cancellationToken);

        public Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) => store.AggregateAsync(query, cancellationToken);

        public Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) => store.ListSeriesAsync(selection, cancellationToken);
    }
}
