using System.Diagnostics;
using System.Globalization;
using MetricsHub.Storage;
using MetricsHub.Storage.Files;

namespace MetricsHub.Moving;

/// <summary><c>MetricsHub restore</c>: puts a backup in the place of a data folder that is gone.</summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    /// <summary>In the data folder, while a restore is not at its end; no hub starts beside it.</summary>
    public const string Unfinished = "restoring";

    private const string Usage =
        """
        MetricsHub restore --from <folder of one backup> [--Storage:DataFolder <folder>]
        The data folder must hold no database, archive or catalogue. What was restored can be moved to servers: MetricsHub move.
        """;

    private static readonly string[] Parts = [Folder.Archive, Folder.Catalogue, Folder.Database];

    /// <exception cref="StartException">It was not restored: the backup is damaged, or something is in its place.</exception>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var configuration = CommandSettings.Read(arguments);
        if (configuration["from"] is not { Length: > 0 } from)
        {
            throw new StartException(Usage);
        }

        var started = Stopwatch.GetTimestamp();
        var manifest = Manifest.Read(from);
        Check(manifest, from);
        var data = Directory.CreateDirectory(configuration.GetSection(StorageOptions.SectionName)[nameof(StorageOptions.DataFolder)] ?? new StorageOptions().DataFolder).FullName;
        Restore(manifest, from, data);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{data} is as it was at {manifest.Instant:u}: {manifest.Files.Count} files, {manifest.Bytes} bytes, every one with the SHA-256 that was written down. It took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} seconds."));
        return 0;
    }

    /// <exception cref="StartException">A restore into the folder was cut off.</exception>
    public static void RefuseHalfRestored(string dataFolder)
    {
        if (Directory.Exists(Path.Combine(dataFolder, Unfinished)))
        {
            throw new StartException($"A restore into {Path.GetFullPath(dataFolder)} was cut off before its end: run it again.");
        }
    }

    private static void Restore(Manifest manifest, string from, string data)
    {
        var making = Path.Combine(data, Unfinished);
        if (Directory.Exists(making))
        {
            // What stands in the place of the parts is of the restore that was cut off.
            Parts.ToList().ForEach(part => Remove(Path.Combine(data, part)));
            Directory.Delete(making, recursive: true);
        }

        RefuseUnlessFree(data);
        Directory.CreateDirectory(making);
        DurableFile.FlushFolder(data);
        foreach (var file in manifest.Files)
        {
            Copy(Path.Combine(from, file.Path), Path.Combine(making, file.Path));
        }

        Check(manifest, making);
        foreach (var part in Parts.Where(part => Path.Exists(Path.Combine(making, part))))
        {
            Move(Path.Combine(making, part), Path.Combine(data, part));
        }

        DurableFile.FlushFolder(data);
        Directory.Delete(making);
        DurableFile.FlushFolder(data);
    }

    private static void Check(Manifest manifest, string folder)
    {
        if (manifest.FindDamage(folder) is { } damage)
        {
            throw new StartException($"{Path.GetFullPath(folder)}: {damage}. Nothing was put in place; take another backup.");
        }
    }

    private static void RefuseUnlessFree(string data)
    {
        if (Parts.Append($"{Folder.Database}.wal").FirstOrDefault(part => Path.Exists(Path.Combine(data, part))) is { } taken)
        {
            throw new StartException($"{Path.Combine(data, taken)} is there: move it away, or name another data folder. Nothing was changed.");
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var source = File.OpenRead(from);
        using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        source.CopyTo(target);
        DurableFile.Flush(target);
    }

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to);
        }
        else
        {
            Directory.Move(from, to);
        }
    }

    private static void Remove(string part)
    {
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        File.Delete(part);
    }
}
