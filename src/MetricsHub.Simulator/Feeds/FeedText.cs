using System.Globalization;
using MetricsHub.Domain.Time;

namespace MetricsHub.Simulator.Feeds;

/// <summary>Figures, instants and organisations as the providers write them.</summary>
internal static class FeedText
{
    public static string Of(DateTimeOffset at, TimeStyle style) => style switch
    {
        TimeStyle.London => Local(at).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        TimeStyle.Offset => Local(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        _ => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    };

    public static string Of(Cell cell, NumberStyle style, Markers markers) => cell switch
    {
        { Number: { } number } => InUnit(number, style).ToString(style == NumberStyle.Thousands ? "#,0" : "0.##", CultureInfo.InvariantCulture),
        { Lack: Lack.Closed } => markers.Closed,
        { Lack: Lack.NotApplicable } => markers.NotApplicable,
        _ => markers.Gap,
    };

    /// <summary>The number in the unit that the column is in.</summary>
    public static double InUnit(double number, NumberStyle style) => style switch
    {
        NumberStyle.Hours => Math.Round(number / 60, 2),
        NumberStyle.Seconds => number * 60,
        _ => number,
    };

    public static string OrganisationOf(FeedRow row, RowStyle style) =>
        style.ByName ? row.Name.Replace(" (simulated)", "", StringComparison.Ordinal) : row.Organisation;

    private static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LondonCalendar.Zone);
}
