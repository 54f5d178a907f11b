namespace MetricsHub.Tests.Catalogue;

/// <summary>A copy of the real catalogue in a folder of its own, to be spoilt by a test.</summary>
internal sealed class CatalogueFolder : IDisposable
{
    public static readonly string Real = System.IO.Path.Combine(AppContext.BaseDirectory, "catalogue");

    public CatalogueFolder()
    {
        foreach (var file in Directory.GetFiles(Real, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Real, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("metricshub-catalogue-").FullName;

    /// <summary>Replaces the first place at which a text stands; fails where it stands nowhere.</summary>
    public void Replace(string file, string text, string by)
    {
        var path = System.IO.Path.Combine(Path, file);
        var content = File.ReadAllText(path);
        var index = content.IndexOf(text, StringComparison.Ordinal);
        if (index < 0)
        {
            throw new InvalidOperationException($"{file} does not hold '{text}'.");
        }

        File.WriteAllText(path, string.Concat(content.AsSpan(0, index), by, content.AsSpan(index + text.Length)));
    }

    /// <summary>Writes a file anew, with the folders that lead to it.</summary>
    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Append(string file, string line) => File.AppendAllText(System.IO.Path.Combine(Path, file), line + "\n");

    public void Delete(string file) => File.Delete(System.IO.Path.Combine(Path, file));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
