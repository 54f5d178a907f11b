using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.VirtualWard;

/// <summary>Reads the labelled lines above the table: <c>Month: July 2023</c>, <c>Published: 10th August 2023</c>.</summary>
internal static class VirtualWardPreamble
{
    private static readonly string[] ReleaseLabels = ["Published:", "Revised:"];

    /// <exception cref="PublicationFormatException">The month is missing or none.</exception>
    public static Period Month(IEnumerable<TableRow> preamble)
    {
        var text = Labelled(preamble, "Month:");
        var month = text is null ? null
            : EnglishDates.Date(text) is { } date ? (date.Year, date.Month)
            : EnglishDates.MonthsIn(text).ToArray() is [var only] ? only
            : ((int Year, int Month)?)null;
        return month is { } found
            ? LondonCalendar.Month(found.Year, found.Month)
            : throw new PublicationFormatException("a month such as 'July 2023' beside 'Month:'", text is null ? "none" : $"'{text}'");
    }

    /// <summary>The start, in London, of the day of publication or of revision, whichever is later; null where neither is given.</summary>
    /// <exception cref="PublicationFormatException">A date is given and cannot be read: the order of releases would depend on it.</exception>
    public static DateTimeOffset? PublishedAt(IReadOnlyCollection<TableRow> preamble)
    {
        var latest = ReleaseLabels.Select(label => Date(preamble, label)).Max();
        return latest is { } date ? LondonCalendar.StartOf(date) : null;
    }

    private static DateOnly? Date(IEnumerable<TableRow> preamble, string label) =>
        Labelled(preamble, label) is not { } text || text is "-" || text.Equals("n/a", StringComparison.OrdinalIgnoreCase)
            ? null
            : EnglishDates.Date(text)
                ?? throw new PublicationFormatException($"a date such as '10th August 2023' beside '{label}'", $"'{text}'");

    /// <summary>The first text to the right of a label, or null.</summary>
    private static string? Labelled(IEnumerable<TableRow> preamble, string label) =>
        preamble
            .Select(row => row.Cells.Select(cell => cell.Trim()).Where(cell => cell.Length > 0).ToArray())
            .Where(cells => cells.Length > 1 && cells[0].Equals(label, StringComparison.OrdinalIgnoreCase))
            .Select(cells => cells[1])
            .FirstOrDefault();
}
