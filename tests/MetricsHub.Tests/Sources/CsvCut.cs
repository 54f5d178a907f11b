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
        using var csv = new CsvReader(reader, new CsvConfiguration(System.Globalization.CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(csv.HeaderRecord!.ToDictionary(name => name, name => csv.GetField(name)!));
        }

        return rows;
    }

    /// <summary>The cell as a workbook holds it: a number where it is one.</summary>
    public static object Cell(string text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : text;
}
