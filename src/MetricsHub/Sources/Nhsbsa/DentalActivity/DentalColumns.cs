using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.Nhsbsa.DentalActivity;

/// <summary>A column that is added up over the contracts of a commissioner.</summary>
/// <param name="Reporting">How many contracts the sum is of: the others state nothing, and a sum that hid that would look whole.</param>
internal sealed record DentalColumn(string Header, MetricKey Metric, MetricKey Reporting);

/// <summary>
/// Which columns are read. The target is that of the whole financial year, in every month's file. The names of providers and their
/// postcodes are personal and have been cut before a parser sees them.
/// </summary>
internal static class DentalColumns
{
    public const string Month = "YEAR_MONTH";
    public const string Commissioner = "COMMISSIONER_CODE";
    public const string Contract = "CONTRACT_NUMBER";

    public static readonly MetricKey Contracts = new("dental-contracts");

    public static readonly IReadOnlyList<DentalColumn> Added =
    [
        Of("UDA_PERF_TARGET", "dental-uda-annual-target"),
        Of("UDA_DELIVERED", "dental-uda-delivered"),
        Of("BAND_URGENT_DELIVERED", "dental-urgent-courses"),
        Of("ADULT_24M_COUNT", "dental-adults-seen-24-months"),
        Of("CHILD_12M_COUNT", "dental-children-seen-12-months"),
    ];

    public static readonly IReadOnlyList<string> Headers = [Month, Commissioner, Contract, .. Added.Select(column => column.Header)];

    private static readonly HashSet<string> NotRead = [.. new[]
    {
        "COMMISSIONER_NAME", "PROVIDER_NAME", "LATEST_PPC_ADDRESS_POSTCODE", "LSOA11_CODE", "UDA_FIN_VAL", "LATE_SUBMITTED_FP17", "UDA_DELIVERED_FD",
        "BAND_1_DELIVERED", "BAND_2A_DELIVERED", "BAND_2B_DELIVERED", "BAND_2C_DELIVERED", "BAND_2_DELIVERED", "BAND_3_DELIVERED",
        "BAND_OTHER_DELIVERED", "GENERAL_DENTAL_FIN_VALUE",
    }.Select(ColumnName.Normalise)];

    public static bool IsNotRead(string header) => NotRead.Contains(ColumnName.Normalise(header));

    private static DentalColumn Of(string header, string metric) => new(header, new MetricKey(metric), new MetricKey($"{metric}-contracts"));
}
