using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.VirtualWard;

/// <summary>Reads the labelled line above the table that names the month: <c>Month: July 2023</c>.</summary>
internal static class VirtualWardPreamble
{
    /// <exception cref="PublicationFormatException">The month is missing or none.</exception>
    public static Period Month(IEnumerable<TableRow> preamble)
    {
        var text = Preamble.Labelled(preamble, "Month:");
        var month = text is null ? null
            : EnglishDates.Date(text) is { } date ? (date.Year, date.Month)
            : EnglishDates.MonthsIn(text).ToArray() is [var only] ? only
            : ((int Year, int Month)?)null;
        return month is { } found
            ? LondonCalendar.Month(found.Year, found.Month)
            : throw new PublicationFormatException("a month such as 'July 2023' beside 'Month:'", text is null ? "none" : $"'{text}'");
    }
}
