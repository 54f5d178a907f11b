using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>A column that becomes a metric.</summary>
/// <param name="Header">The column's name; compared by <see cref="ColumnName"/>.</param>
/// <param name="PartOf">The metric of the same row that this one cannot exceed.</param>
internal sealed record AeColumn(string Header, MetricKey Metric, MetricKey? PartOf = null);

/// <summary>
/// Which column is which metric: the one place that says so. "Other A&amp;E Department" is type 3: urgent treatment centres, walk-in
/// centres and minor injury units. The twelve-hour wait is counted from the decision to admit, not from arrival.
/// </summary>
internal static class AeColumns
{
    public static readonly MetricKey DtaWait4To12H = new("dta-wait-4-to-12h");
    public static readonly MetricKey DtaWaitOver12H = new("dta-wait-over-12h");

    /// <summary>The official monthly CSV. Booked attendances come on top of the unbooked ones; no attendance is in both.</summary>
    public static readonly IReadOnlyList<AeColumn> MonthlyCsv =
    [
        Count("A&E attendances Type 1", "ed-type-1-attendances"),
        Count("A&E attendances Type 2", "ed-type-2-attendances"),
        Count("A&E attendances Other A&E Department", "utc-type-3-attendances"),
        Count("A&E attendances Booked Appointments Type 1", "ed-type-1-attendances-booked"),
        Count("A&E attendances Booked Appointments Type 2", "ed-type-2-attendances-booked"),
        Count("A&E attendances Booked Appointments Other Department", "utc-type-3-attendances-booked"),
        Part("Attendances over 4hrs Type 1", "ed-type-1-over-4h", "ed-type-1-attendances"),
        Part("Attendances over 4hrs Type 2", "ed-type-2-over-4h", "ed-type-2-attendances"),
        Part("Attendances over 4hrs Other Department", "utc-type-3-over-4h", "utc-type-3-attendances"),
        Part("Attendances over 4hrs Booked Appointments Type 1", "ed-type-1-over-4h-booked", "ed-type-1-attendances-booked"),
        Part("Attendances over 4hrs Booked Appointments Type 2", "ed-type-2-over-4h-booked", "ed-type-2-attendances-booked"),
        Part("Attendances over 4hrs Booked Appointments Other Department", "utc-type-3-over-4h-booked", "utc-type-3-attendances-booked"),
        new("Patients who have waited 4-12 hs from DTA to admission", DtaWait4To12H),
        new("Patients who have waited 12+ hrs from DTA to admission", DtaWaitOver12H),
        Count("Emergency admissions via A&E - Type 1", "emergency-admissions-via-type-1"),
        Count("Emergency admissions via A&E - Type 2", "emergency-admissions-via-type-2"),
        Count("Emergency admissions via A&E - Other A&E department", "emergency-admissions-via-type-3"),
        Count("Other emergency admissions", "emergency-admissions-other"),
    ];

    /// <summary>
    /// The provider sheet. Its attendances include booked ones, so they are metrics of their own: adding them to the CSV's would count
    /// people twice, comparing them with the CSV's would show growth that is not there. The names are those of
    /// <see cref="ProviderSheetHeader"/>.
    /// </summary>
    public static readonly IReadOnlyList<AeColumn> ProviderSheet =
    [
        Count(ProviderSheetHeader.Attendances(1), "ed-type-1-attendances-all"),
        Count(ProviderSheetHeader.Attendances(2), "ed-type-2-attendances-all"),
        Count(ProviderSheetHeader.Attendances(3), "utc-type-3-attendances-all"),
        Count(ProviderSheetHeader.Over(1), "ed-type-1-over-4h-all"),
        Count(ProviderSheetHeader.Over(2), "ed-type-2-over-4h-all"),
        Count(ProviderSheetHeader.Over(3), "utc-type-3-over-4h-all"),
        Count(ProviderSheetHeader.AdmissionsVia(1), "emergency-admissions-via-type-1"),
        Count(ProviderSheetHeader.AdmissionsVia(2), "emergency-admissions-via-type-2"),
        Count(ProviderSheetHeader.AdmissionsVia(3), "emergency-admissions-via-type-3"),
        Count(ProviderSheetHeader.OtherAdmissions, "emergency-admissions-other"),
        new(ProviderSheetHeader.DtaOver12H, DtaWaitOver12H),
    ];

    private static AeColumn Count(string header, string metric) => new(header, new MetricKey(metric));

    private static AeColumn Part(string header, string metric, string whole) => new(header, new MetricKey(metric), new MetricKey(whole));
}
