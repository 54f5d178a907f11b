using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using MetricsHub.Storage.Files;

namespace MetricsHub.Moving;

/// <summary>What a backup holds, file by file. It is written last: a folder without one is no backup.</summary>
/// <param name="Format">The arrangement of the files.</param>
/// <param name="Instant">Everything that the hub had acknowledged by then is in it.</param>
/// <param name="Version">Of the program that made it.</param>
/// <param name="Origin">Where the installation keeps its data, without passwords.</param>
/// <param name="Files">Every file but this one, by path.</param>
internal sealed record Manifest(int Format, DateTimeOffset Instant, string Version, string Origin, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "backup.json";
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The version of this program.</summary>
    public static string ProgramVersion { get; } =
        typeof(Manifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public long Bytes => Files.Sum(file => file.Length);

    /// <exception cref="StartException">There is none, it is damaged, or a later program wrote it.</exception>
    public static Manifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Json);
            return manifest switch
            {
                { Format: CurrentFormat, Files: not null } => manifest,
                { Format: > CurrentFormat } => throw new StartException($"{path} was written by a later MetricsHub ({manifest.Version})."),
                _ => throw new StartException($"{path} is damaged."),
            };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartException($"{folder} is no backup: it has no {FileName}. One that was cut off has none.", exception);
        }
        catch (JsonException exception)
        {
            throw new StartException($"{path} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Returns when it is on the disk.</summary>
    public void Write(string folder)
    {
        using (var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this, Json);
            DurableFile.Flush(file);
        }

        DurableFile.FlushFolder(folder);
    }

    /// <summary>Looks through every file of a folder.</summary>
    /// <returns>What is wrong with the first one that is not as it was written; null where all are.</returns>
    public string? FindDamage(string folder)
    {
        foreach (var file in Files)
        {
            if (file.FindDamage(folder) is { } damage)
            {
                return damage;
            }
        }

        var known = Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return Folder.Files(folder).FirstOrDefault(path => path != FileName && !known.Contains(path)) is { } stranger
            ? $"{stranger} is not one of its files"
            : null;
    }
}

/// <param name="Path">From the backup's folder, with slashes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
internal sealed record BackupFile(string Path, long Length, string Sha256)
{
    public static BackupFile Of(string folder, string path)
    {
        using var file = File.OpenRead(System.IO.Path.Combine(folder, path));
        return new BackupFile(path, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    public string? FindDamage(string folder)
    {
        if (!File.Exists(System.IO.Path.Combine(folder, Path)))
        {
            return $"{Path} is missing";
        }

        var now = Of(folder, Path);
        return now == this ? null : string.Create(CultureInfo.InvariantCulture, $"{Path} is damaged: {Length} bytes with SHA-256 {Sha256} were written, {now.Length} with {now.Sha256} are there");
    }
}
