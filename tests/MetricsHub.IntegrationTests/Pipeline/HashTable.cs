using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>The answers of several doors beside the embedded hub's, by heading.</summary>
/// <param name="doors">Their names.</param>
internal sealed class HashTable(IReadOnlyList<string> doors)
{
    private readonly List<(string Heading, string Expected, string[] Found)> rows = [];
    private readonly List<string> differences = [];

    public int Answers => rows.Count;

    /// <summary>Every answer that is not the embedded hub's: where, and the first line in which it differs.</summary>
    public IReadOnlyList<string> Differences => differences;

    public void Add(string heading, string address, (string MediaType, string Body) expected, (string MediaType, string Body)[] found)
    {
        rows.Add((heading, Normalised.Hash(expected.Body, expected.MediaType), [.. found.Select(answer => Normalised.Hash(answer.Body, answer.MediaType))]));
        for (var door = 0; door < found.Length; door++)
        {
            if (rows[^1].Found[door] != rows[^1].Expected)
            {
                differences.Add($"{address}, {doors[door]}: {FirstDifference(expected, found[door])}");
            }
        }
    }

    /// <summary>A row for each heading: how many answers, the SHA-256 of all their hashes at the embedded hub and at each door, and whether they are the same.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| What was asked | answers | embedded | {string.Join(" | ", doors)} | same |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|---|---|{string.Concat(doors.Select(_ => "---|"))}---|");
        foreach (var heading in rows.GroupBy(row => row.Heading))
        {
            var expected = Together(heading.Select(row => row.Expected));
            var found = doors.Select((_, door) => Together(heading.Select(row => row.Found[door]))).ToList();
            text.AppendLine(CultureInfo.InvariantCulture, $"| {heading.Key} | {heading.Count()} | `{expected}` | {string.Join(" | ", found.Select(hash => $"`{hash}`"))} | {(found.TrueForAll(hash => hash == expected) ? "yes" : "**no**")} |");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{rows.Count} answers of each of {doors.Count} API processes: {differences.Count} differ").ToString();
    }

    private static string Together(IEnumerable<string> hashes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes))))[..12];

    private static string FirstDifference((string MediaType, string Body) expected, (string MediaType, string Body) found)
    {
        var (left, right) = (Lines(expected), Lines(found));
        var line = Enumerable.Range(0, Math.Min(left.Length, right.Length)).FirstOrDefault(index => left[index] != right[index], Math.Min(left.Length, right.Length));
        return $"line {line + 1}: expected '{left.ElementAtOrDefault(line)}', found '{right.ElementAtOrDefault(line)}'";
    }

    private static string[] Lines((string MediaType, string Body) answer) =>
        (answer.MediaType == "text/csv" ? Normalised.Csv(answer.Body) : Normalised.Json(answer.Body)).Split('\n');
}
