using System.Globalization;
using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace MetricsHub.Api;

/// <summary>
/// Places in lists as opaque text: what is inside may change, so that nobody builds one. A cursor names the last item of the page before
/// by its place in the order, so that a row that arrives between two pages moves none.
/// </summary>
internal static class Cursor
{
    public static string Of(long arrival) => Encode(Number(arrival));

    public static string Of(RejectionPosition position) => Encode($"{Number(position.Arrival)}|{Number(position.Number)}");

    public static string Of(StatementPosition position) => Encode(
        $"{position.Series.Metric}|{position.Series.Organisation}|{Number(position.Period.Start.UtcTicks)}|{Number(position.Period.End.UtcTicks)}");

    public static string Of(SeriesKey series, DateTimeOffset step) => Encode($"{series.Metric}|{series.Organisation}|{Number(step.UtcTicks)}");

    public static bool TryParse(string? text, out long arrival)
    {
        arrival = 0;
        return Parts(text) is [var only] && TryParseNumber(only, out arrival);
    }

    public static bool TryParse(string? text, out RejectionPosition? position)
    {
        position = Parts(text) is [var first, var second] && TryParseNumber(first, out var arrival) && TryParseNumber(second, out var number) && number <= int.MaxValue
            ? new RejectionPosition(arrival, (int)number)
            : null;
        return position is not null;
    }

    public static bool TryParse(string? text, out StatementPosition? position)
    {
        position = Parts(text) is [var metric, var organisation, var first, var second]
            && TryParseSeries(metric, organisation, out var series)
            && TryParseTicks(first, out var start) && TryParseTicks(second, out var end) && start < end
                ? new StatementPosition(series, new Period(start, end))
                : null;
        return position is not null;
    }

    public static bool TryParse(string? text, out (SeriesKey Series, DateTimeOffset Step) position)
    {
        position = default;
        return Parts(text) is [var metric, var organisation, var ticks]
            && TryParseSeries(metric, organisation, out position.Series)
            && TryParseTicks(ticks, out position.Step);
    }

    private static bool TryParseSeries(string metric, string organisation, out SeriesKey series)
    {
        var found = MetricKey.TryParse(metric, out var key) & OrganisationCode.TryParse(organisation, out var code);
        series = found ? new SeriesKey(key, code) : default;
        return found;
    }

    private static bool TryParseTicks(string text, out DateTimeOffset instant)
    {
        var found = TryParseNumber(text, out var ticks) && ticks <= DateTime.MaxValue.Ticks;
        instant = found ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return found;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Encode(string text) => WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(text));

    private static string[] Parts(string? text)
    {
        try
        {
            return text is { Length: > 0 and <= 400 } ? Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(text)).Split('|') : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
