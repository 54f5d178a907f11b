using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Tests.Sources.Tables;

/// <summary>A mapping of waits at two centres, to be bent by a test, and short ways to read a table by it and to look at the result.</summary>
internal static class TableFiles
{
    public const string Header = "site,as_at,waiting,longest_wait_hours\n";

    public static readonly TimeZoneInfo London = LondonCalendar.Zone;

    public static readonly TableFigure Waiting = Figure("utc-waiting", "waiting", UnitConversion.None);
    public static readonly TableFigure LongestWait = Figure("utc-longest-wait", "longest_wait_hours", UnitConversion.Between("hours", "minutes")!);

    public static readonly TableDefinition Waits = new(
        TableFormat.Csv,
        Sheet: null,
        Rows: "",
        new TableOrganisation("site", new Dictionary<string, OrganisationCode>(), Code: null),
        new TableTime("as_at", ["dd/MM/yyyy HH:mm"], London, AmbiguousTime.Refuse),
        new Dictionary<string, AbsenceCode>(StringComparer.OrdinalIgnoreCase) { ["-"] = AbsenceCode.NotApplicable, ["closed"] = AbsenceCode.NotDue },
        [Waiting, LongestWait]);

    public static TableFigure Figure(string metric, string field, UnitConversion conversion, Cadence cadence = Cadence.QuarterHour, MeasureKind measure = MeasureKind.Snapshot) =>
        new(new MetricKey(metric), field, cadence, measure, conversion);

    public static ParsedPublication Read(this TableDefinition definition, string text) => definition.Read(Encoding.UTF8.GetBytes(text));

    public static ParsedPublication Read(this TableDefinition definition, byte[] bytes) =>
        new TableParser(definition).Parse(new PublicationContent(bytes, "waits", LinkText: null));

    /// <summary><c>utc-waiting@SIMU1 2026-11-22T10:15:00Z 14</c>: the series, the end of the period and the figure.</summary>
    public static string[] Lines(this ParsedPublication parsed) =>
        [.. parsed.Statements.Select(statement => $"{statement.Series} {statement.Period.End:yyyy-MM-ddTHH:mm:ssZ} {statement.Figure}")];

    /// <summary><c>3 waiting: not a number</c>: row, field and reason.</summary>
    public static string[] Refusals(this ParsedPublication parsed) =>
        [.. parsed.Rejections.Select(rejection => $"{rejection.Row}{(rejection.Field is null ? "" : " " + rejection.Field)}: {rejection.Reason}")];
}
