using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Tests.Acceptance;

/// <summary>What can be wrong with the rows and columns of a table that is a table.</summary>
internal static partial class TableFaults
{
    /// <summary>More columns than these are tried at even distances, so that a wide file takes no longer than it is worth.</summary>
    private const int MostColumns = 20;

    /// <summary>What is no figure, or none that any metric could have.</summary>
    public static readonly string[] NoNumbers = ["NaN", "N/A", "-5", "abc", "99999999999"];

    private static readonly string[] Years = ["1970", "2999"];

    public static IEnumerable<FileFault> Of(SourceSample sample) => Path.GetExtension(sample.FileName).ToUpperInvariant() switch
    {
        ".CSV" => OfCsv(new CsvEdits(sample.Bytes)),
        ".JSON" => JsonEdits.Of(sample.Bytes),
        _ => WorkbookEdits.Of(sample.Bytes),
    };

    /// <summary>What a cell is replaced by; where it holds a year, by other years as well.</summary>
    public static IEnumerable<string> InPlaceOf(string text) =>
        [.. NoNumbers, .. Year().IsMatch(text) ? Years.Select(year => Year().Replace(text, year, 1)) : []];

    /// <summary>At most so many of them, at even distances, the first and the last among them.</summary>
    public static IEnumerable<T> Some<T>(IReadOnlyList<T> all, int most = MostColumns) =>
        all.Count <= most ? all : Enumerable.Range(0, most).Select(index => all[index * (all.Count - 1) / (most - 1)]);

    /// <summary>A number or a date. What else holds digits is a name: under another one a row is another row, and nobody can tell.</summary>
    public static bool IsFigure(string text) => double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) || Year().IsMatch(text);

    private static IEnumerable<FileFault> OfCsv(CsvEdits table)
    {
        yield return new("columns the other way round", table.Reversed(), Expect.Same);
        yield return new("an empty column more", table.WithEmptyColumn(), Expect.Same);
        yield return new("a row twice", table.Repeated(null, ""), Expect.Noticed);
        yield return new("a row twice, with another last figure", table.Repeated(table.Width - 1, "7"), Expect.Noticed);
        foreach (var column in Some([.. Enumerable.Range(0, table.Width)]))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"column {column + 1} '{table.HeaderOf(column)}'");
            yield return new($"{name} renamed", table.Renamed(column), Expect.Noticed);
            yield return new($"{name} removed", table.Without(column), Expect.Noticed);
            yield return new($"{name} twice", table.Twice(column), Expect.Noticed);
            if (table.FirstNumber(column) is not { } cell || !IsFigure(cell.Text))
            {
                continue;
            }

            foreach (var text in InPlaceOf(cell.Text))
            {
                yield return new($"{name} reads '{text}'", table.WithCell(cell.Row, column, text), Expect.Noticed);
            }
        }
    }

    [GeneratedRegex(@"(?<![0-9])20[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
