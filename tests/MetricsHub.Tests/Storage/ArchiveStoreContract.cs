using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage;

/// <summary>What every archive has to do, wherever it keeps the bytes.</summary>
public abstract class ArchiveStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An archive with nothing in it.</summary>
    private protected abstract IArchiveStore OpenNew();

    /// <summary>The same archive, as another process has it.</summary>
    private protected abstract IArchiveStore Reopen();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData((8 * 1024 * 1024) + 1)]
    public async Task Write_NewPublication_IsReadBackByteForByte(int length)
    {
        var archive = OpenNew();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var id = PublicationId.Of(bytes);
        Assert.False(await archive.ContainsAsync(id, Cancellation));

        Assert.Equal(length, await archive.WriteAsync(id, bytes, Cancellation));

        archive = Reopen();
        Assert.True(await archive.ContainsAsync(id, Cancellation));
        Assert.Equal(bytes, await archive.ReadAsync(id, Cancellation));
    }

    /// <summary>The id is of what the publisher sent; what is kept of it can differ when a source's definition does.</summary>
    [Fact]
    public async Task Write_PublicationThatIsThere_KeepsWhatIsThere()
    {
        var archive = OpenNew();
        var id = PublicationId.Of([1]);
        await archive.WriteAsync(id, new byte[] { 1, 2, 3 }, Cancellation);

        Assert.Equal(3, await Reopen().WriteAsync(id, new byte[] { 4 }, Cancellation));

        Assert.Equal([1, 2, 3], await archive.ReadAsync(id, Cancellation));
    }

    [Fact]
    public async Task Write_TheSameByManyAtOnce_IsThereOnceAndWhole()
    {
        IArchiveStore[] archives = [OpenNew(), Reopen()];
        var bytes = new byte[500_000];
        bytes.AsSpan().Fill(7);
        var id = PublicationId.Of(bytes);

        var lengths = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => archives[number % 2].WriteAsync(id, bytes, Cancellation)));

        Assert.All(lengths, length => Assert.Equal(500_000, length));
        Assert.Equal(bytes, await Reopen().ReadAsync(id, Cancellation));
    }

    [Fact]
    public async Task Read_PublicationThatIsNotThere_Throws() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => OpenNew().ReadAsync(PublicationId.Of([1]), Cancellation));
}
