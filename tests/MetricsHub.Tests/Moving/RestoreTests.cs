using MetricsHub.Moving;
using Xunit;

namespace MetricsHub.Tests.Moving;

/// <summary>Backups of an installation whose hub does not run, and what is refused of them.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.Empty();
    private readonly TemporaryFolder shelf = new();
    private readonly TemporaryFolder target = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub.DropSample(TestHub.AeMonthly, "December-2025-CSV.csv");
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        await hub.StopAsync();
        Directory.CreateDirectory(Path.Combine(hub.DataFolder, "catalogue", "sources"));
        await File.WriteAllTextAsync(Path.Combine(hub.DataFolder, "catalogue", "sources", "ours.yaml"), "key: ours", Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        shelf.Dispose();
        target.Dispose();
    }

    [Fact]
    public async Task Restore_OfABackup_HoldsTheSameByHashAndTheOwnCatalogue()
    {
        var backup = await BackUpAsync();

        Assert.Equal(0, await RestoreAsync(backup.Folder));

        await using (var before = await OpenAsync(hub.DataFolder))
        await using (var after = await OpenAsync(target.Path))
        {
            var parts = await Likeness.OfAll(before, after).ToListAsync(Cancellation);
            Assert.All(parts, part => Assert.Null(part.FirstDifference));
            Assert.All(parts, part => Assert.Equal(part.Here, part.There));
            Assert.True(parts.Single(part => part.Part == "observations").Entries > 1000);
            Assert.Equal(1, parts.Single(part => part.Part == "archive").Entries);
        }

        Assert.Equal("key: ours", await File.ReadAllTextAsync(Path.Combine(target.Path, "catalogue", "sources", "ours.yaml"), Cancellation));
    }

    [Fact]
    public async Task Backup_AfterAnother_SharesTheArchivesFilesWithIt()
    {
        var first = await BackUpAsync();
        var second = await BackUpAsync();

        var archived = Assert.Single(second.Manifest.Files, file => file.Path.StartsWith("archive/", StringComparison.Ordinal));
        Assert.Contains(archived, first.Manifest.Files);
        Directory.Delete(first.Folder, recursive: true);
        Assert.Null(second.Manifest.FindDamage(second.Folder));
        Assert.Equal(0, await RestoreAsync(second.Folder));
    }

    [Theory]
    [InlineData("metricshub.duckdb")]
    [InlineData("archive")]
    [InlineData("catalogue/sources/ours.yaml")]
    public async Task Restore_OfADamagedBackup_IsRefusedByTheNameOfTheFile(string part)
    {
        var backup = await BackUpAsync();
        var damaged = backup.Manifest.Files.First(file => file.Path.StartsWith(part, StringComparison.Ordinal)).Path;
        var path = Path.Combine(backup.Folder, damaged);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);

        var refused = await Assert.ThrowsAsync<StartException>(() => RestoreAsync(backup.Folder));

        Assert.Contains($"{damaged} is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(target.Path));
    }

    [Fact]
    public async Task Restore_OfABackupThatLacksOrHasAFile_IsRefusedByItsName()
    {
        var backup = await BackUpAsync();
        await File.WriteAllTextAsync(Path.Combine(backup.Folder, "more.txt"), "more", Cancellation);
        Assert.Contains("more.txt is not one of its files", (await Assert.ThrowsAsync<StartException>(() => RestoreAsync(backup.Folder))).Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(backup.Folder, "metricshub.duckdb"));
        Assert.Contains("metricshub.duckdb is missing", (await Assert.ThrowsAsync<StartException>(() => RestoreAsync(backup.Folder))).Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(backup.Folder, Manifest.FileName));
        Assert.Contains("is no backup", (await Assert.ThrowsAsync<StartException>(() => RestoreAsync(backup.Folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WhereThereAreData_IsRefused()
    {
        var backup = await BackUpAsync();
        await File.WriteAllTextAsync(Path.Combine(target.Path, "metricshub.duckdb"), "somebody's", Cancellation);

        var refused = await Assert.ThrowsAsync<StartException>(() => RestoreAsync(backup.Folder));

        Assert.Contains("metricshub.duckdb is there", refused.Message, StringComparison.Ordinal);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(Path.Combine(target.Path, "metricshub.duckdb"), Cancellation));
    }

    [Fact]
    public async Task Restore_AfterOneThatWasCutOff_DoesItWhole()
    {
        var backup = await BackUpAsync();
        Directory.CreateDirectory(Path.Combine(target.Path, RestoreCommand.Unfinished, "catalogue"));
        Directory.CreateDirectory(Path.Combine(target.Path, "archive"));
        await File.WriteAllTextAsync(Path.Combine(target.Path, "archive", "half"), "half", Cancellation);
        var refused = await Assert.ThrowsAsync<StartException>(() => OpenAsync(target.Path));
        Assert.Contains("was cut off", refused.Message, StringComparison.Ordinal);

        Assert.Equal(0, await RestoreAsync(backup.Folder));

        Assert.Equal(["archive", "catalogue", "metricshub.duckdb"], Directory.EnumerateFileSystemEntries(target.Path).Select(path => Path.GetFileName(path)).Order());
        Assert.Single(Directory.EnumerateFiles(Path.Combine(target.Path, "archive")));
    }

    [Fact]
    public void Thin_ManyBackups_KeepsTheNewestAndTheLastOfEachDay()
    {
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        List<Backup> backups = [.. Enumerable.Range(0, 12).Select(at => Made(noon.AddHours(-6 * at)))];

        var removed = BackupShelf.Thin(backups, keep: 2, days: 2).ToList();

        // Of 22 November 12, 06 (newest two), of the 21st 18; all others go.
        Assert.Equal(backups.Except([backups[0], backups[1], backups[3]]), removed);

        static Backup Made(DateTimeOffset instant) => new(BackupShelf.NameOf(instant), new Manifest(1, instant, "", "", []));
    }

    private async Task<Backup> BackUpAsync()
    {
        Assert.Equal(0, await BackupCommand.RunAsync(["--Storage:DataFolder", hub.DataFolder, "--Backup:Folder", shelf.Path], TextWriter.Null, Cancellation));
        return BackupShelf.List(shelf.Path)[0];
    }

    private Task<int> RestoreAsync(string from) => RestoreCommand.RunAsync(["--from", from, "--Storage:DataFolder", target.Path], TextWriter.Null);

    private static Task<Installation> OpenAsync(string folder) => Installation.OpenAsync(CommandSettings.Read(["--Storage:DataFolder", folder]), Cancellation);
}
