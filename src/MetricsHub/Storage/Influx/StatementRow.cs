using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>A statement as a point of <c>current</c> or <c>history</c>.</summary>
/// <param name="Row">Of the publication.</param>
/// <param name="Release">The release that says it, by its instant in microseconds.</param>
/// <param name="Source">Whose release it is.</param>
/// <param name="Since">The release by which it became current; 0 in history.</param>
/// <param name="Place">The how-manieth statement of its source about the series and period it is, from 0; 0 in current.</param>
internal readonly record struct StatementRow(SeriesKey Series, Period Period, Figure Figure, int Row, long Release, string Source, long Since, int Place)
{
    public const string Current = "current";
    public const string History = "history";
    public const string CurrentFields = "value, absence, \"row\", release, since, source";
    public const string HistoryFields = "value, absence, \"row\", release";

    public (SeriesKey Series, Period Period) Key => (Series, Period);

    /// <summary>As a line of the append-only history.</summary>
    public string ToHistoryLine() => LineProtocol.Line(
        History,
        [("length", Length), ("metric", $"{Series.Metric}"), ("organisation", $"{Series.Organisation}"), ("place", Place.ToString(CultureInfo.InvariantCulture)), ("source", Source)],
        [("value", Number), ("absence", (int)(Figure.Absence ?? 0)), ("row", Row), ("release", Release)],
        InfluxTime.NanosecondsOf(Period.Start));

    /// <summary>As a line of what is current, which replaces the one of the same series and period.</summary>
    public string ToCurrentLine(long since) => LineProtocol.Line(
        Current,
        [("length", Length), ("metric", $"{Series.Metric}"), ("organisation", $"{Series.Organisation}")],
        [("value", Number), ("absence", (int)(Figure.Absence ?? 0)), ("row", Row), ("release", Release), ("since", since), ("source", Source)],
        InfluxTime.NanosecondsOf(Period.Start));

    public static IEnumerable<StatementRow> ReadCurrent(InfluxTable table) =>
        Read(table, (series, period, row) => new StatementRow(
            series, period, FigureOf(row), (int)NumberOf(row[3]), (long)NumberOf(row[4]), row[6].GetString() ?? "", IsWhole(row) ? (long)row[5].GetDouble() : long.MaxValue, 0));

    public static IEnumerable<StatementRow> ReadHistory(InfluxTable table)
    {
        var place = int.Parse(table.Tags["place"].AsSpan(), NumberStyles.None, CultureInfo.InvariantCulture);
        var source = table.Tags["source"];
        return Read(table, (series, period, row) => new StatementRow(
            series, period, FigureOf(row), (int)NumberOf(row[3]), (long)NumberOf(row[4]), source, 0, place));
    }

    // In seconds: the few lengths that there are make few series.
    private string Length => (Period.Length.Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.######", CultureInfo.InvariantCulture);

    private object? Number => Figure.TryGetNumber(out var number) ? number : null;

    public static SeriesKey SeriesOf(InfluxTable table) => new(new MetricKey(table.Tags["metric"]), new OrganisationCode(table.Tags["organisation"]));

    private static IEnumerable<StatementRow> Read(InfluxTable table, Func<SeriesKey, Period, JsonElement, StatementRow> make)
    {
        var series = SeriesOf(table);
        var length = new TimeSpan((long)(decimal.Parse(table.Tags["length"].AsSpan(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
        foreach (var row in table.Rows.EnumerateArray())
        {
            var start = InfluxTime.FromNanoseconds(row[0].GetInt64());
            yield return make(series, new Period(start, start + length), row);
        }
    }

    // A number that was replaced by an absence is still in its field: the absence decides.
    private static Figure FigureOf(JsonElement row) =>
        NumberOf(row[2]) is > 0 and var absence ? Figure.Absent((AbsenceCode)absence) : Figure.Of(NumberOf(row[1]));

    /// <summary>A new point comes field by field. What is not whole became current just now, so that nobody takes it for the answer.</summary>
    private static bool IsWhole(JsonElement row) =>
        !(IsMissing(row[2]) || IsMissing(row[3]) || IsMissing(row[4]) || IsMissing(row[5]) || IsMissing(row[6]))
        && (!IsMissing(row[1]) || row[2].GetDouble() > 0);

    private static bool IsMissing(JsonElement field) => field.ValueKind == JsonValueKind.Null;

    private static double NumberOf(JsonElement field) => IsMissing(field) ? 0 : field.GetDouble();
}
