using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;

namespace MetricsHub.Tests.Sources;

/// <summary>Reads a cut of real figures that a case builds a publication from, and what it expects of it.</summary>
internal static class CsvCut
{
    /// <param name="path">Relative to <c>Sources</c>.</param>
    /// <returns>Row by row, each cell by its column's name.</returns>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        using var reader = File.OpenText(Path.Combine(AppContext.BaseDirectory, "Sources", path));
        return Read(reader);
    }

    /// <summary>The same of a file that is packed with gzip.</summary>
    /// <param name="path">Relative to the program's folder.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> ReadPacked(string path)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, path)), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        return Read(reader);
    }

    /// <summary>The cell as a workbook holds it: a number where it is one.</summary>
    public static object Cell(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static List<IReadOnlyDictionary<string, string>> Read(TextReader reader)
    {
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(csv.HeaderRecord!.ToDictionary(name => name, name => csv.GetField(name)!));
        }

        return rows;
    }
}
