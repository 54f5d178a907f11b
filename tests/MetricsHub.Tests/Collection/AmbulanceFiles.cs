using System.Globalization;
using System.Text;
using MetricsHub.Domain.Publications;
using MetricsHub.Tests.Sources;

namespace MetricsHub.Tests.Collection;

/// <summary>The ambulance trusts' real figures of January 2024, as if they had been the same in other months.</summary>
internal static class AmbulanceFiles
{
    public static readonly SourceKey Source = new("nhs-england-ambsys-monthly");

    private static readonly string[] Lines =
    [
        .. Encoding.UTF8.GetString(Samples.Read($"{Source}/AmbSYS-January-to-April-2024.csv")).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.StartsWith("Year,", StringComparison.Ordinal) || line.StartsWith("2024,1,", StringComparison.Ordinal)),
    ];

    /// <summary>The row, counted from 1, of the London Ambulance Service in a file of one month.</summary>
    public const int LondonRow = 4;

    /// <summary>A file of some months of 2024, counted from 1; month 13 is January 2025.</summary>
    public static byte[] Months(int first, int count) => ToFile(Enumerable.Range(first, count).SelectMany(month => Lines.Skip(1).Select(line => InMonth(line, month))));

    /// <summary>A file of one month in which a cell of the London Ambulance Service says something else.</summary>
    /// <param name="edit">Gets what stands there.</param>
    public static byte[] Month(int month, string column, Func<string, string> edit)
    {
        var position = Array.IndexOf(Lines[0].Split(','), column);
        return ToFile(Lines.Skip(1).Select(line => InMonth(line, month)).Select((line, row) =>
        {
            var cells = line.Split(',');
            cells[position] = row + 2 == LondonRow ? edit(cells[position]) : cells[position];
            return string.Join(',', cells);
        }));
    }

    private static string InMonth(string line, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{2024 + ((month - 1) / 12)},{((month - 1) % 12) + 1},{line["2024,1,".Length..]}");

    private static byte[] ToFile(IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Lines[0])) + "\n");
}
