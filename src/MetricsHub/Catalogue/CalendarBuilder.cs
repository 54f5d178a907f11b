using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Catalogue;

/// <summary>Turns checked calendar files into calendars, opening hours and successions.</summary>
internal static class CalendarBuilder
{
    private const string DefaultKey = "every-day";

    /// <summary>The calendar that a source names, else that of every day.</summary>
    public static string KeyOf(SourceFile source) => source.Calendar ?? DefaultKey;

    public static BankHoliday ToBankHoliday(BankHolidayRow row) => new(CatalogueWords.ToDate(row.Date)!.Value, row.Title, row.Source);

    public static Calendar ToCalendar(CalendarEntry entry, BankHolidays bankHolidays) => new(
        entry.Key!,
        entry.Name!,
        entry.Hours
            .SelectMany(hours => hours.Days.Select(day => (Day: CatalogueWords.DaysOfWeek[day], Spans: ToSpans(hours.Open))))
            .ToDictionary(day => day.Day, day => day.Spans),
        entry.OnBankHolidays is { } spans ? ToSpans(spans) : null,
        entry.Season is { } season ? ToSeason(season) : null,
        bankHolidays);

    public static OpeningRelation ToOpening(OpeningRow row, IReadOnlyDictionary<string, Calendar> calendars) => new(
        new OrganisationCode(row.Organisation),
        row.ServiceDomain,
        calendars[row.Calendar],
        CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo),
        row.Source);

    public static Succession ToSuccession(SuccessionRow row) => new(
        new OrganisationCode(row.Predecessor),
        new OrganisationCode(row.Successor),
        CatalogueWords.ToDate(row.Date)!.Value,
        CatalogueWords.Bases[row.Basis],
        row.Source,
        row.Reason.Length > 0 ? row.Reason : null);

    /// <summary>Null for a source of reference facts, of which nothing falls due.</summary>
    public static Timetable? ToTimetable(SourceFile source, IReadOnlyDictionary<string, Calendar> calendars) => source switch
    {
        { DueDaysAfterPeriodEnd: { } days } => new Timetable(new SourceKey(source.Key!), calendars[KeyOf(source)], TimeSpan.FromDays(days)),
        { DueMinutesAfterPeriodEnd: { } minutes } => new Timetable(new SourceKey(source.Key!), calendars[KeyOf(source)], TimeSpan.FromMinutes(minutes)),
        _ => null,
    };

    /// <summary>
    /// By which timetable a metric's figures are expected: that of the source that states it; of several that of the slowest, so that
    /// none is called late before its own time.
    /// </summary>
    public static IReadOnlyDictionary<MetricKey, Timetable> ToTimetables(
        IReadOnlyDictionary<MetricKey, Metric> metrics, IReadOnlyCollection<SourceDefinition> sources)
    {
        var slowest = new Dictionary<MetricKey, Timetable>();
        foreach (var source in sources.OrderBy(source => source.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var metric in HubCatalogue.MetricsOf(source, metrics))
            {
                if (source.Timetable is { } timetable && !(slowest.TryGetValue(metric.Key, out var known) && known.DueAfter >= timetable.DueAfter))
                {
                    slowest[metric.Key] = timetable;
                }
            }
        }

        return slowest;
    }

    private static IReadOnlyList<OpenSpan> ToSpans(List<string> texts) => [.. texts.Select(ToSpan).OrderBy(span => span.From)];

    private static OpenSpan ToSpan(string text) =>
        OpenSpan.TryParse(text, out var span) ? span! : throw new InvalidOperationException($"'{text}' passed the check and is no span.");

    private static Season ToSeason(SeasonEntry entry) =>
        Season.TryParse(entry.First, entry.Last, out var season)
            ? season!
            : throw new InvalidOperationException($"'{entry.First}' to '{entry.Last}' passed the check and is no season.");
}
