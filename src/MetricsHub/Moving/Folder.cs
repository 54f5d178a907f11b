namespace MetricsHub.Moving;

/// <summary>The parts of a data folder that are files.</summary>
internal static class Folder
{
    public const string Archive = "archive";

    /// <summary>The installation's own definitions, beside those that travel with the program.</summary>
    public const string Catalogue = "catalogue";

    public const string Database = "metricshub.duckdb";

    /// <summary>Copies all files of a folder, where there is such a folder; those of the same name are written over.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Files(from))
        {
            var target = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, file), target, overwrite: true);
        }
    }

    /// <summary>The files of a folder and of all below it, by their paths from there, in order; none where there is no such folder.</summary>
    public static IReadOnlyList<string> Files(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
}
