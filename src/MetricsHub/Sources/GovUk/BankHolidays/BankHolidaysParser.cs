using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.GovUk.BankHolidays;

/// <summary>
/// GOV.UK's bank holidays: about three years of them, by division. Those of England and Wales are read, the others set aside. The file
/// bears no date: of two the one that reaches further is the later one.
/// </summary>
internal sealed class BankHolidaysParser : IPublicationParser
{
    private const string Expected = "the bank holidays of GOV.UK (JSON) with the division england-and-wales";

    // The last holiday dates the file: one of the year 2999 would make it the latest for ever.
    private const int FirstYear = 2000;
    private const int LastYear = 2099;

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        try
        {
            var divisions = JsonText.Read(content.Bytes.Span, Expected).EnumerateObject().ToDictionary(division => division.Name, division => division.Value.GetProperty("events").EnumerateArray().ToList());
            return divisions.Remove("england-and-wales", out var events) && events.Count > 0
                ? Read(events, setAside: divisions.Values.Sum(others => others.Count))
                : throw new PublicationFormatException(Expected, "none of that division");
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new PublicationFormatException(Expected, exception.Message, exception);
        }
    }

    private static ParsedPublication Read(List<JsonElement> events, int setAside)
    {
        var facts = new Dictionary<DateOnly, BankHolidayFact>();
        var rejections = new List<Rejection>();
        foreach (var (index, entry) in events.Index())
        {
            if (!DateOnly.TryParseExact(Text(entry, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                || date.Year is < FirstYear or > LastYear
                || Text(entry, "title") is not { Length: > 0 } title)
            {
                rejections.Add(Rejected(index, entry, "not a title and a date such as 2026-12-25 of the years 2000 to 2099"));
            }
            else if (!facts.TryAdd(date, new BankHolidayFact(date, title)))
            {
                rejections.Add(Rejected(index, entry, $"{date:yyyy-MM-dd} stands there already"));
            }
        }

        return facts.Count == 0
            ? throw new PublicationFormatException(Expected, "no holiday that can be read")
            : new ParsedPublication(
                [], rejections,
                Tally.Empty with { RowsRead = events.Count + setAside, RowsAccepted = facts.Count, RowsRejected = rejections.Count, RowsSetAsideAsNote = setAside },
                Reconciliation.NoTotal,
                LondonCalendar.StartOf(facts.Keys.Max()))
            {
                Facts = new ReferenceFacts([.. facts.Values.OrderBy(fact => fact.Date)], [], []),
            };
    }

    private static Rejection Rejected(int index, JsonElement entry, string reason)
    {
        var text = entry.GetRawText();
        return new Rejection(index + 1, null, reason, text.Length > 200 ? text[..200] : text);
    }

    private static string? Text(JsonElement entry, string field) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : null;
}
