using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>Reads a day as the publication has written it over the years: <c>01FEB2023</c>, <c>01-Dec-21</c>, <c>2021-12-01</c>, <c>01/12/2021</c>.</summary>
internal static partial class GpDates
{
    private const int Century = 2000;

    /// <summary>Null where the text is no day.</summary>
    public static DateOnly? Read(string text)
    {
        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        var match = NamedMonth().Match(text);
        if (!match.Success || EnglishDates.MonthNumber(match.Groups["month"].Value) is not { } month)
        {
            return null;
        }

        var year = Number(match.Groups["year"]);
        year = year < 100 ? Century + year : year;
        var day = Number(match.Groups["day"]);
        return day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})[- ]?(?<month>[a-z]{3,9})[- ]?(?<year>20[0-9]{2}|[0-9]{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedMonth();
}
