using MetricsHub.Domain.Calendars;

namespace MetricsHub.Domain.Tests.Calendars;

/// <summary>Calendars for tests.</summary>
internal static class TestCalendars
{
    public static readonly DayOfWeek[] Week = Enum.GetValues<DayOfWeek>();
    public static readonly BankHolidays Christmas2026 =
        new([new BankHoliday(new DateOnly(2026, 12, 25), "Christmas Day", "test"), new BankHoliday(new DateOnly(2026, 12, 28), "Boxing Day", "test")]);

    public static readonly Calendar EveryDay = Of(Week, "00:00-24:00");
    public static readonly Calendar WorkingDays = Of([.. Week.Except([DayOfWeek.Saturday, DayOfWeek.Sunday])], "00:00-24:00", onBankHolidays: []);
    public static readonly Calendar EightToEight = Of(Week, "08:00-20:00");
    public static readonly Calendar Winter = Of(Week, "00:00-24:00", season: SeasonOf("11-24", "03-31"));

    public static Calendar Of(DayOfWeek[] days, string open, string[]? onBankHolidays = null, Season? season = null) => new(
        "test", "Test",
        days.ToDictionary(day => day, IReadOnlyList<OpenSpan> (_) => [.. open.Split(',').Select(Span)]),
        onBankHolidays is null ? null : [.. onBankHolidays.Select(Span)],
        season, Christmas2026);

    public static Season SeasonOf(string first, string last) =>
        Season.TryParse(first, last, out var season) ? season! : throw new FormatException($"{first} to {last}");

    private static OpenSpan Span(string text) => OpenSpan.TryParse(text, out var span) ? span! : throw new FormatException(text);
}
