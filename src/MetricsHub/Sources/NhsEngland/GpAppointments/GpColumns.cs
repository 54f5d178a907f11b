using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>The columns of the daily counts and of the coverage table, and what they have been called.</summary>
internal static class GpColumns
{
    public const string Code = "SUB_ICB_LOCATION_CODE";
    public const string Date = "Appointment_Date";
    public const string Status = "APPT_STATUS";
    public const string Mode = "APPT_MODE";
    public const string Staff = "HCP_TYPE";
    public const string Wait = "TIME_BETWEEN_BOOK_AND_APPT";
    public const string Count = "COUNT_OF_APPOINTMENTS";
    public const string Month = "Appointment_Month";

    public static readonly IReadOnlyList<string> Daily = [Code, Date, Status, Staff, Mode, Wait, Count];

    /// <summary>The columns of the coverage table that become metrics. Counts are of included practices: these say of how many.</summary>
    public static readonly IReadOnlyList<(string Header, MetricKey Metric)> CoverageFigures =
    [
        ("Included Practices", new MetricKey("gp-practices-included")),
        ("Open Practices", new MetricKey("gp-practices-open")),
        ("Patients registered at included practices", new MetricKey("gp-registered-patients-included")),
        ("Patients registered at open practices", new MetricKey("gp-registered-patients-open")),
    ];

    public static readonly IReadOnlyList<string> Coverage = [Code, Month, .. CoverageFigures.Select(column => column.Header)];

    // Clinical commissioning groups (CCG) and their partnerships (STP) up to June 2022, sub-ICB locations since.
    private static readonly HashSet<string> CodeNames = Names("SUB_ICB_LOC_CODE", "CCG_CODE");

    private static readonly HashSet<string> NotRead = Names(
        "SUB_ICB_LOCATION_ONS_CODE", "SUB_ICB_LOC_ONS_CODE", "CCG_ONS_CODE", "SUB_ICB_LOCATION_NAME", "SUB_ICB_LOC_NAME", "CCG_NAME",
        "ICB_ONS_CODE", "STP_ONS_CODE", "REGION_ONS_CODE", "REGION_CODE");

    /// <summary>A header by the name that it has today.</summary>
    public static string Plain(string header) => CodeNames.Contains(ColumnName.Normalise(header)) ? Code : header;

    public static bool IsNotRead(string header) => NotRead.Contains(ColumnName.Normalise(header));

    private static HashSet<string> Names(params IEnumerable<string> headers) => [.. headers.Select(ColumnName.Normalise)];
}
