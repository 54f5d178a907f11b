using System.Text;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

public sealed class FolderLocationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task DiscoverAsync_MixedFolder_OffersMatchingFilesByName()
    {
        foreach (var name in new[] { "b.csv", "A.CSV", "sub/c.csv", "d.xlsx", ".hidden.csv", "~$e.csv", "f.csv.part", "g.tmp", ".sub/h.csv" })
        {
            folder.Write(name, "x");
        }

        var offers = await Location("**/*.csv").DiscoverAsync(TestContext.Current.CancellationToken);

        Assert.Equal([("A.CSV", "A.CSV"), ("b.csv", "b.csv"), ("sub/c.csv", "c.csv")], offers.Select(offer => (offer.Address, offer.FileName)));
        Assert.All(offers, offer => Assert.True(offer.LinkText is null && offer.PublishedAt is null));
    }

    [Fact]
    public async Task DiscoverAsync_PatternWithoutFolders_StaysAtTheTop()
    {
        folder.Write("a.csv", "x");
        folder.Write("sub/b.csv", "x");

        Assert.Equal(["a.csv"], (await Location("*.csv").DiscoverAsync(TestContext.Current.CancellationToken)).Select(offer => offer.Address));
    }

    [Fact]
    public async Task DiscoverAsync_NoFolder_SaysWhich()
    {
        var location = new FolderLocation(Path.Combine(folder.Path, "none"), "*", 100);

        var exception = await Assert.ThrowsAsync<LocationException>(() => location.DiscoverAsync(TestContext.Current.CancellationToken));
        Assert.Contains(Path.Combine(folder.Path, "none"), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_KnownFile_IsReadAgainOnlyWhenItChanges()
    {
        var path = folder.Write("a.csv", "one");
        var (first, firstBytes) = await FetchAsync("a.csv", known: null);
        var (again, againBytes) = await FetchAsync("a.csv", first);
        File.AppendAllText(path, "two");
        var (_, changedBytes) = await FetchAsync("a.csv", first);

        Assert.Equal(("one", null, "", "onetwo"), (firstBytes, again, againBytes, changedBytes));
        Assert.Equal(new DateTimeOffset(File.GetLastWriteTimeUtc(path)).Year, (await FetchAsync("a.csv", null)).State!.LastModified!.Value.Year);
    }

    [Fact]
    public async Task FetchAsync_FileGrowsWhileItIsRead_IsLeftForTheNextRun()
    {
        var path = folder.Write("a.csv", "one");
        using var destination = new InterruptedStream(() => File.AppendAllText(path, "two"));

        var exception = await Assert.ThrowsAsync<LocationException>(() =>
            Location("*").FetchAsync(new Offer("a.csv", "a.csv", null, null), CollectionState.Nothing, destination, TestContext.Current.CancellationToken));
        Assert.Contains("changed while it was read", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("big.csv", "is larger than the 100 bytes allowed")]
    [InlineData("gone.csv", "cannot be read")]
    [InlineData("../outside.csv", "is outside the folder")]
    public async Task FetchAsync_NotToBeHad_Throws(string address, string why)
    {
        folder.Write("big.csv", new string('x', 101));

        var exception = await Assert.ThrowsAsync<LocationException>(() => FetchAsync(address, null));
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    private FolderLocation Location(string pattern) => new(folder.Path, pattern, maximumBytes: 100);

    private async Task<(FetchState? State, string Text)> FetchAsync(string address, FetchState? known)
    {
        using var destination = new MemoryStream();
        var state = await Location("*").FetchAsync(new Offer(address, address, null, null), new CollectionState(known, null), destination, TestContext.Current.CancellationToken);
        return (state, Encoding.UTF8.GetString(destination.ToArray()));
    }

    /// <summary>Does something at the first write: between the reading of a file and its end.</summary>
    private sealed class InterruptedStream(Action interrupt) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            if (Length == 0)
            {
                interrupt();
            }

            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
