using MetricsHub.Domain.Time;

namespace MetricsHub.Sources;

/// <summary>Reads the labelled lines above a workbook's table: <c>Published: 10th August 2023</c>.</summary>
internal static class Preamble
{
    private static readonly string[] ReleaseLabels = ["Published:", "Revised:"];

    /// <summary>The start, in London, of the day of publication or of revision, whichever is later; null where neither is given.</summary>
    /// <exception cref="PublicationFormatException">A date is given and cannot be read: the order of releases would depend on it.</exception>
    public static DateTimeOffset? PublishedAt(IReadOnlyCollection<TableRow> preamble)
    {
        var latest = ReleaseLabels.Select(label => Date(preamble, label)).Max();
        return latest is { } date ? LondonCalendar.StartOf(date) : null;
    }

    /// <summary>The first text to the right of a label, or null.</summary>
    public static string? Labelled(IEnumerable<TableRow> preamble, string label) =>
        preamble
            .Select(row => row.Cells.Select(cell => cell.Trim()).Where(cell => cell.Length > 0).ToArray())
            .Where(cells => cells.Length > 1 && cells[0].Equals(label, StringComparison.OrdinalIgnoreCase))
            .Select(cells => cells[1])
            .FirstOrDefault();

    private static DateOnly? Date(IEnumerable<TableRow> preamble, string label) =>
        Labelled(preamble, label) is not { } text || text is "-" || text.Equals("n/a", StringComparison.OrdinalIgnoreCase)
            ? null
            : EnglishDates.Date(text)
                ?? throw new PublicationFormatException($"a date such as '10th August 2023' beside '{label}'", $"'{text}'");
}
