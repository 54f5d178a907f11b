using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>Runs by itself: what is allocated is counted for the whole process.</summary>
[CollectionDefinition(nameof(GzipBombTests), DisableParallelization = true)]
[Collection(nameof(GzipBombTests))]
public sealed class GzipBombTests
{
    [Fact]
    public async Task GetAsync_GigabyteThatArrivesAsAMegabyte_IsCutAtTheLimitWithoutBeingHeld()
    {
        var bomb = Gzipped.Zeros(1_000_000_000);
        Assert.True(bomb.Length < 1_100_000);
        await using var server = await PublisherServer.StartAsync(context => Gzipped.AnswerAsync(context, bomb));
        using var destination = new MemoryStream();
        var allocated = GC.GetTotalAllocatedBytes();

        var exception = await Assert.ThrowsAsync<LocationException>(() =>
            new HttpFetcher(TestAccess.Create(maximumBytes: 2_000_000), new AllowedOrigins(server.Address, []))
                .GetAsync(server.Address, null, destination, TestContext.Current.CancellationToken));

        Assert.EndsWith(" is larger than the 2000000 bytes allowed.", exception.Message, StringComparison.Ordinal);
        Assert.InRange(destination.Length, 1, 2_000_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, 64_000_000);
    }
}
