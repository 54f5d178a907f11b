using System.Text.RegularExpressions;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.VirtualWard;

/// <summary>
/// The columns of the sheet and what becomes of them. Capacity per 100,000 people is capacity over population and not read. Until
/// March 2024 the population is that aged 16 and over, from April 2024 that of all ages: the catalogue states the break.
/// </summary>
internal static partial class VirtualWardColumns
{
    public const string Code = "ICB code";
    public const string Name = "Name";
    public const string Capacity = "Virtual Ward Capacity";
    public const string Patients = "Patients in a Virtual Ward";
    public const string Population = "GP registered population";
    public const string Occupancy = "Occupancy %";

    /// <summary>In beds.</summary>
    public static readonly MetricKey CapacityMetric = new("virtual-ward-capacity");
    public static readonly MetricKey PatientsMetric = new("virtual-ward-patients");
    public static readonly MetricKey PopulationMetric = new("virtual-ward-registered-population");

    /// <summary>A fraction as the publisher states it, who withholds or caps it above 1; what is judged is patients over capacity.</summary>
    public static readonly MetricKey OccupancyMetric = new("virtual-ward-occupancy-stated");

    public static readonly IReadOnlyList<string> Headers = [Code, Name, Capacity, Patients, Population, Occupancy];

    /// <summary>The columns that the England row adds up.</summary>
    public static readonly IReadOnlyList<string> Added = [Capacity, Patients, Population];

    private static readonly string[] NotRead = [ColumnName.Normalise("Region"), ColumnName.Normalise("Region Code")];

    private static readonly string PerPopulation = ColumnName.Normalise("Virtual Ward Capacity per 100,000");

    /// <summary>A header without what changes from year to year: references to notes, and the ages of the population.</summary>
    public static string Plain(string header) => Changing().Replace(header, " ").Trim();

    public static bool IsNotRead(string header) =>
        ColumnName.Normalise(header) is var name && (NotRead.Contains(name) || name.StartsWith(PerPopulation, StringComparison.Ordinal));

    [GeneratedRegex(@"\(see notes?[^)]*\)|\baged \d+( years)? and over\b|\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Changing();
}
