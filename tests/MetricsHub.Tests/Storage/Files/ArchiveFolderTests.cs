using System.Globalization;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Files;
using Xunit;

namespace MetricsHub.Tests.Storage.Files;

public sealed class ArchiveFolderTests : ArchiveStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int archives;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task WriteAsync_Again_DoesNotTouchTheFile()
    {
        var (archive, id) = (new ArchiveFolder(folder.Path), PublicationId.Of([1]));
        await archive.WriteAsync(id, new byte[] { 1 }, Cancellation);
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder.PathOf(id.ToString()), written);

        await archive.WriteAsync(id, new byte[] { 1 }, Cancellation);

        Assert.Equal(written, File.GetLastWriteTimeUtc(folder.PathOf(id.ToString())));
        Assert.Equal([id.ToString()], Names());
    }

    /// <summary>What a process leaves that is killed after writing and before renaming.</summary>
    [Fact]
    public async Task Open_HalfWrittenFile_IsClearedAndTheRestIsKept()
    {
        var id = PublicationId.Of([1]);
        await new ArchiveFolder(folder.Path).WriteAsync(id, "a\n"u8.ToArray(), Cancellation);
        folder.Write("0123456789abcdef.unfinished", "half a publi");

        var archive = new ArchiveFolder(folder.Path);

        Assert.Equal([id.ToString()], Names());
        Assert.Equal("a\n"u8.ToArray(), await archive.ReadAsync(id, Cancellation));
    }

    [Fact]
    public void Open_FileThatAnotherProcessIsWriting_IsLeft()
    {
        using var writing = new FileStream(folder.PathOf("a.unfinished"), FileMode.CreateNew, FileAccess.Write, FileShare.None);

        _ = new ArchiveFolder(folder.Path);

        Assert.Equal(["a.unfinished"], Names());
    }

    [Fact]
    public void FlushFolder_FolderIsGone_Throws() => Assert.Throws<IOException>(() => DurableFile.FlushFolder(folder.PathOf("gone")));

    private protected override IArchiveStore OpenNew()
    {
        archives++;
        return Reopen();
    }

    private protected override IArchiveStore Reopen() => new ArchiveFolder(folder.PathOf(archives.ToString(CultureInfo.InvariantCulture)));

    private string[] Names() => [.. Directory.EnumerateFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
