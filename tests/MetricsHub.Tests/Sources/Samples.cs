using Xunit;

namespace MetricsHub.Tests.Sources;

/// <summary>The publishers' files that travel with the program.</summary>
internal static class Samples
{
    /// <param name="path">Relative to the samples, with forward slashes.</param>
    public static string PathOf(string path) => Path.Combine(AppContext.BaseDirectory, "samples", path);

    public static byte[] Read(string path) => File.ReadAllBytes(PathOf(path));

    public static TheoryData<string> Names(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(PathOf(folder), pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
