using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Blocks;

/// <summary>Reads the dates above columns, and the quarter that a row names.</summary>
internal static partial class BlockDates
{
    private static readonly string[] NumericForms = ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd"];

    /// <summary>The date that a cell consists of, <c>14 November 2022</c>, <c>14/11/2022</c>; null where it is none.</summary>
    public static DateOnly? Date(string text) =>
        EnglishDates.Date(text)
            ?? (DateOnly.TryParseExact(text.Trim(), NumericForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null);

    /// <summary><c>, 14 November 2022</c>, or nothing.</summary>
    public static string Of(DateOnly? date) => date?.ToString("', 'd MMMM yyyy", CultureInfo.InvariantCulture) ?? "";

    public static Period? PeriodOf(BlockPeriod period, DateOnly? date) => (period, date) switch
    {
        (BlockPeriod.Day, { } day) => LondonCalendar.Day(day),
        (BlockPeriod.DayBefore, { } day) => LondonCalendar.Day(day.AddDays(-1)),
        _ => null,
    };

    /// <summary>
    /// The quarter that ends with a month of a financial year: <c>2021-22</c> and <c>March</c> are January to March 2022. Null where
    /// the texts name none.
    /// </summary>
    public static Period? Quarter(string year, string periodEnd)
    {
        var match = FinancialYear().Match(year.Trim());
        var date = Date(periodEnd);
        var month = date?.Month ?? EnglishDates.MonthNumber(periodEnd.Trim());
        if (!match.Success || month is not (3 or 6 or 9 or 12))
        {
            return null;
        }

        var first = int.Parse(match.Groups["first"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var second = int.Parse(match.Groups["second"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var calendarYear = month == 3 ? first + 1 : first;
        return (first + 1) % 100 == second && (date is null || date.Value.Year == calendarYear)
            ? LondonCalendar.Quarter(calendarYear, month.Value / 3)
            : null;
    }

    [GeneratedRegex(@"^(?<first>20[0-9]{2})\s*[-/–]\s*(?:20)?(?<second>[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex FinancialYear();
}
