using System.Globalization;
using System.Security.Cryptography;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Files;
using Microsoft.Extensions.Options;

namespace MetricsHub.Moving;

/// <summary>
/// Makes backups: each a folder that is a data folder on its own, whatever stores the installation has. The archive's files are written once and
/// never change, so that a later backup shares them with the one before it.
/// </summary>
internal sealed partial class BackupMaker(
    IDatabaseImage database, IArchiveStore archive, KeepersTurn turn, IOptions<BackupOptions> options, IOptions<StorageOptions> storage, ILogger<BackupMaker> logger)
{
    public const string Unfinished = ".unfinished";

    /// <summary>Makes one, and clears away those that are no longer to be kept.</summary>
    /// <exception cref="InvalidOperationException">No folder is configured.</exception>
    /// <exception cref="KeepersBusyException">Another backup, or housekeeping, is under way.</exception>
    public async Task<Backup> MakeAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Folder.Length == 0)
        {
            throw new InvalidOperationException("Backup:Folder is not set: there is nowhere to make a backup.");
        }

        await using var mine = await turn.TakeAsync(cancellationToken);
        var folder = Directory.CreateDirectory(options.Value.Folder).FullName;
        foreach (var orphan in Directory.EnumerateDirectories(folder, $"*{Unfinished}"))
        {
            Directory.Delete(orphan, recursive: true);
        }

        var made = await MakeAsync(folder, BackupShelf.List(folder) is [var newest, ..] ? newest : null, cancellationToken);
        foreach (var old in BackupShelf.Thin(BackupShelf.List(folder), options.Value.Keep, options.Value.KeepDays))
        {
            Directory.Delete(old.Folder, recursive: true);
            LogRemoved(old.Folder);
        }

        LogMade(made.Folder, made.Manifest.Files.Count, made.Manifest.Bytes);
        return made;
    }

    private async Task<Backup> MakeAsync(string folder, Backup? before, CancellationToken cancellationToken)
    {
        var making = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + Unfinished)).FullName;
        var instant = await database.WriteAsync(Path.Combine(making, Folder.Database), cancellationToken);
        Folder.Copy(Path.Combine(storage.Value.DataFolder, Folder.Catalogue), Path.Combine(making, Folder.Catalogue));
        List<BackupFile> files = [.. Folder.Files(making).Select(path => BackupFile.Of(making, path))];
        files.AddRange(await CopyArchiveAsync(making, before, cancellationToken));
        FlushAll(making, files.Where(file => !file.Path.StartsWith($"{Folder.Archive}/", StringComparison.Ordinal)));
        var manifest = new Manifest(Manifest.CurrentFormat, instant, Manifest.ProgramVersion, Path.GetFullPath(storage.Value.DataFolder), files);
        manifest.Write(making);

        var finished = Path.Combine(folder, BackupShelf.NameOf(instant));
        Directory.Move(making, finished);
        DurableFile.FlushFolder(folder);
        return new Backup(finished, manifest);
    }

    // After the database: what that knows was archived before, and more does no harm.
    private async Task<List<BackupFile>> CopyArchiveAsync(string making, Backup? before, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(making, Folder.Archive)).FullName;
        var shared = before?.Manifest.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var files = new List<BackupFile>();
        foreach (var id in await archive.ListAsync(cancellationToken))
        {
            var path = $"{Folder.Archive}/{id}";
            var target = Path.Combine(making, path);
            var file = shared?.GetValueOrDefault(path);
            if (file is null || !HardLink.TryMake(Path.Combine(before!.Folder, path), target))
            {
                file = await CopyAsync(id, path, target, cancellationToken);
            }

            files.Add(file);
        }

        DurableFile.FlushFolder(folder);
        return files;
    }

    private async Task<BackupFile> CopyAsync(PublicationId id, string path, string target, CancellationToken cancellationToken)
    {
        var bytes = await archive.ReadAsync(id, cancellationToken);
        await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(bytes, cancellationToken);
        DurableFile.Flush(file);
        return new BackupFile(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static void FlushAll(string folder, IEnumerable<BackupFile> files)
    {
        foreach (var file in files)
        {
            using var written = new FileStream(Path.Combine(folder, file.Path), FileMode.Open, FileAccess.ReadWrite);
            DurableFile.Flush(written);
        }
    }

    [LoggerMessage(EventId = 9000, Level = LogLevel.Information, Message = "Backup made: {Folder}, {Files} files, {Bytes} bytes")]
    private partial void LogMade(string folder, int files, long bytes);

    [LoggerMessage(EventId = 9001, Level = LogLevel.Information, Message = "Backup removed, because there are enough newer ones: {Folder}")]
    private partial void LogRemoved(string folder);
}
