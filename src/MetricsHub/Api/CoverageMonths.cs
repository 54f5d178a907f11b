using MetricsHub.Domain.Time;

namespace MetricsHub.Api;

/// <summary>The months that a request for coverage spans.</summary>
internal static class CoverageMonths
{
    private const int DefaultMonths = 24;

    /// <summary>Oldest first; empty where the last lies before the first.</summary>
    public static IReadOnlyList<Period> Of(CoverageRequest request, TimeProvider clock)
    {
        var last = FirstOfMonth(ApiTime.DayOf(request.To, clock));
        var first = ApiTime.TryParseDate(request.From, out var from) ? FirstOfMonth(from) : last.AddMonths(1 - DefaultMonths);
        var count = (12 * (last.Year - first.Year)) + last.Month - first.Month + 1;
        return
        [
            .. Enumerable.Range(0, Math.Max(0, count)).Select(first.AddMonths).Select(month => LondonCalendar.Month(month.Year, month.Month)),
        ];
    }

    private static DateOnly FirstOfMonth(DateOnly date) => new(date.Year, date.Month, 1);
}
