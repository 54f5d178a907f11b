using System.Globalization;

namespace MetricsHub.Moving;

/// <param name="Folder">Where it is, with a full path.</param>
internal sealed record Backup(string Folder, Manifest Manifest);

/// <summary>The backups of a folder.</summary>
internal static class BackupShelf
{
    private const string Name = "yyyy-MM-dd'T'HHmmss.fff'Z'";

    /// <summary>A name that sorts as the instants do.</summary>
    public static string NameOf(DateTimeOffset instant) => instant.UtcDateTime.ToString(Name, CultureInfo.InvariantCulture);

    /// <summary>Newest first. What is no backup, or has lost its manifest, is not among them.</summary>
    public static IReadOnlyList<Backup> List(string folder) =>
        [.. Folders(folder).Select(one => new Backup(Path.GetFullPath(one), Manifest.Read(one))).OrderByDescending(backup => backup.Manifest.Instant)];

    /// <summary>Of when the newest one is, by its name; null where there is none.</summary>
    public static DateTimeOffset? NewestInstant(string folder) => Folders(folder)
        .Select(one => DateTimeOffset.TryParseExact(Path.GetFileName(one), Name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : (DateTimeOffset?)null)
        .Max();

    /// <summary>Those that need not be kept: neither among the newest, nor the last of one of the last days.</summary>
    /// <param name="backups">Newest first.</param>
    /// <param name="days">How many days of UTC on which there are backups, counted from the newest.</param>
    public static IEnumerable<Backup> Thin(IReadOnlyList<Backup> backups, int keep, int days)
    {
        var lastOfDays = backups.GroupBy(backup => backup.Manifest.Instant.UtcDateTime.Date).Select(day => day.First()).Take(days);
        return backups.Skip(keep).Except(lastOfDays);
    }

    private static IEnumerable<string> Folders(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder)
        .Where(path => File.Exists(Path.Combine(path, Manifest.FileName)) && !path.EndsWith(BackupMaker.Unfinished, StringComparison.Ordinal));
}
