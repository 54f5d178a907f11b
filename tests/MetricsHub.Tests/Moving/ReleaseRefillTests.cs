using System.Globalization;
using CsCheck;
using MetricsHub.Domain.Observations;
using MetricsHub.Moving;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Moving;

/// <summary>Observations that were carried to another store, with revisions, later readings and withdrawals in any order.</summary>
public sealed class ReleaseRefillTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int files;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task Refill_OfAnyReleases_AnswersEveryAsOfAlike() => StorageSamples.AnyReleases.SampleAsync(
        async releases =>
        {
            using var from = Open();
            var original = new DuckDbObservationStore(from, TimeProvider.System, NullLogger<DuckDbObservationStore>.Instance);
            var recorded = new List<DateTimeOffset>();
            foreach (var (index, (release, statements)) in releases.Index())
            {
                recorded.Add((await original.AppendAsync(release, statements, Cancellation)).RecordedAt);
                if (index == releases.Length / 2)
                {
                    await original.CompactAsync(StorageSamples.Start.AddDays(60), Cancellation);
                }
            }

            using var to = Open();
            var clock = new MovingClock();
            var copy = new DuckDbObservationStore(to, clock, NullLogger<DuckDbObservationStore>.Instance);
            await foreach (var release in new DuckDbReleaseHistory(from, statementsAtOnce: 20).ReadAsync(Cancellation))
            {
                await new ReleaseRefill(copy, clock).AppendAsync(release, Cancellation);
            }

            var like = await Likeness.OfAsync(
                "observations", Contents.OfObservations(new DuckDbReleaseHistory(from)), Contents.OfObservations(new DuckDbReleaseHistory(to, statementsAtOnce: 1)));
            Assert.Null(like.FirstDifference);
            Assert.Equal(original.Version, copy.Version);
            foreach (var asOf in recorded.Select(instant => (DateTimeOffset?)instant).Append(null))
            {
                Assert.Equal(await AllAsync(original, asOf), await AllAsync(copy, asOf));
            }

            Assert.Equal(await original.LatestAsync(SeriesSelection.All, Cancellation), await copy.LatestAsync(SeriesSelection.All, Cancellation));
        },
        iter: 20);

    [Fact]
    public async Task Refill_OfWhatIsThereAlready_IsRefused()
    {
        using var file = Open();
        var clock = new MovingClock();
        var refill = new ReleaseRefill(new DuckDbObservationStore(file, clock, NullLogger<DuckDbObservationStore>.Instance), clock);
        var release = WholeRelease.Of(StorageSamples.Release("a"), StorageSamples.Start, [StorageSamples.Hour(0, 1)]);
        await refill.AppendAsync(release, Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => refill.AppendAsync(release, Cancellation));

        // Recorded before what is there: it would have to be back-dated.
        var earlier = WholeRelease.Of(StorageSamples.Release("b"), StorageSamples.Start.AddHours(-1), [StorageSamples.Hour(1, 1)]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => refill.AppendAsync(earlier, Cancellation));
    }

    private static Task<IReadOnlyList<RecordedStatement>> AllAsync(DuckDbObservationStore store, DateTimeOffset? asOf) =>
        store.ReadAsync(new StatementQuery(SeriesSelection.All, AsOf: asOf), Cancellation);

    private DuckDbFile Open() => DuckDbFile.Open(
        new DuckDbSettings(folder.PathOf(Interlocked.Increment(ref files).ToString(CultureInfo.InvariantCulture) + ".duckdb")), TimeProvider.System, NullLogger<DuckDbFile>.Instance);
}
