namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>Finds the month of a provider sheet in the places that may name it. They have to agree.</summary>
internal static class ProviderSheetMonth
{
    /// <param name="preamble">The lines above the header row.</param>
    /// <exception cref="PublicationFormatException">No place names a month, or two name different ones.</exception>
    public static (int Year, int Month) Of(PublicationContent content, IEnumerable<TableRow> preamble)
    {
        (string Place, string Text)[] places =
        [
            ("link text", content.LinkText ?? ""),
            ("file name", content.FileName),
            .. preamble.Where(row => !TellsOfRelease(row.Text)).Select(row => ($"row {row.Number}", row.Text)),
        ];
        var named = places
            .SelectMany(place => EnglishDates.MonthsIn(place.Text).Select(month => (place.Place, month.Year, month.Month)))
            .ToArray();
        if (named.Length == 0)
        {
            throw new PublicationFormatException(
                "a month in the link text, the file name or the lines above the header row", $"none; the file is named '{content.FileName}'");
        }

        return named.Select(place => (place.Year, place.Month)).Distinct().Count() == 1
            ? (named[0].Year, named[0].Month)
            : throw new PublicationFormatException(
                "one month", string.Join(", ", named.Select(place => $"{place.Year:0000}-{place.Month:00} in the {place.Place}")));
    }

    // "Published: June 2025" is about the file, not about its figures.
    private static bool TellsOfRelease(string text) =>
        text.Contains("publish", StringComparison.OrdinalIgnoreCase)
        || text.Contains("revis", StringComparison.OrdinalIgnoreCase)
        || text.Contains("updated", StringComparison.OrdinalIgnoreCase)
        || text.Contains("next", StringComparison.OrdinalIgnoreCase);
}
