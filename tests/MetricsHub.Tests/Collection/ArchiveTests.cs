using System.Text;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Storage.Files;
using Xunit;

namespace MetricsHub.Tests.Collection;

public sealed class ArchiveTests : IDisposable
{
    private const string Sensitive = "Seeded-Surname-4711";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task StoreAsync_NewPublication_IsReadBackByteForByte()
    {
        var bytes = new byte[300_000];
        bytes.AsSpan().Fill(7);
        var archive = new Archive(new ArchiveFolder(folder.Path));

        var archived = await archive.StoreAsync(new MemoryStream(bytes), [], 300_000, TestContext.Current.CancellationToken);

        Assert.Equal(new Archived(PublicationId.Of(bytes), 300_000), archived);
        Assert.True(await archive.ContainsAsync(archived.Id, TestContext.Current.CancellationToken));
        Assert.Equal(bytes, await archive.ReadAsync(archived.Id, TestContext.Current.CancellationToken));
        Assert.Equal([archived.Id.ToString()], Names());
    }

    [Fact]
    public async Task StoreAsync_TooLargeOrBroken_LeavesNothing()
    {
        var archive = new Archive(new ArchiveFolder(folder.Path));

        var exception = await Assert.ThrowsAsync<PublicationFormatException>(() => archive.StoreAsync(new MemoryStream(new byte[11]), [], 10, TestContext.Current.CancellationToken));
        Assert.Equal("Expected at most 10 bytes; found more.", exception.Message);
        await Assert.ThrowsAsync<IOException>(() => archive.StoreAsync(new BrokenStream(), [], 10, TestContext.Current.CancellationToken));
        Assert.Empty(Names());
    }

    [Fact]
    public async Task StoreAsync_PersonalColumns_NeverReachTheDisk()
    {
        var original = $"Code,Provider name,Count,Dentist\n1,\"{Sensitive}, {Sensitive}\",5,{Sensitive}\n2,{Sensitive},6,\"{Sensitive}\"\"\n{Sensitive}\"\n";
        var archive = new Archive(new ArchiveFolder(folder.Path));

        var archived = await archive.StoreAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(original)), ["PROVIDER_NAME", "dentist"], 10_000, TestContext.Current.CancellationToken);

        const string Kept = "Code,Provider name,Count,Dentist\n1,,5,\n2,,6,\n";
        Assert.Equal(new Archived(PublicationId.Of(Encoding.UTF8.GetBytes(original)), Kept.Length), archived);
        Assert.Equal(Kept, Encoding.UTF8.GetString(await archive.ReadAsync(archived.Id, TestContext.Current.CancellationToken)));
        Assert.All(
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories),
            path => Assert.DoesNotContain(Sensitive, File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task StoreAsync_PersonalColumnsOfAWorkbook_IsRefused()
    {
        var archive = new Archive(new ArchiveFolder(folder.Path));
        var workbook = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "samples/nhs-england-virtual-ward/VW202307.xlsx"));

        var exception = await Assert.ThrowsAsync<PublicationFormatException>(() => archive.StoreAsync(workbook, ["Name"], 1_000_000, TestContext.Current.CancellationToken));
        Assert.Contains("a workbook", exception.Found, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    private string[] Names() => [.. Directory.EnumerateFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>A connection that breaks after a few bytes.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private bool broken;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (broken)
            {
                throw new IOException("The connection broke.");
            }

            broken = true;
            return ValueTask.FromResult(5);
        }
    }
}
