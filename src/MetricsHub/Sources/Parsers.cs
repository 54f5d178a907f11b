using MetricsHub.Sources.Nhsbsa.DentalActivity;
using MetricsHub.Sources.NhsEngland.AeMonthly;
using MetricsHub.Sources.NhsEngland.GpAppointments;
using MetricsHub.Sources.NhsEngland.GpMonthlyTotals;
using MetricsHub.Sources.NhsEngland.VirtualWard;
using MetricsHub.Sources.NhsUk.DentalAcceptance;

namespace MetricsHub.Sources;

/// <summary>The parsers that the hub has, by the key that a source's definition names: a literal list, found by nobody's reflection.</summary>
internal sealed class Parsers
{
    private readonly Dictionary<string, IPublicationParser> byKey = new()
    {
        ["nhs-england-ae-monthly"] = new AeMonthlyParser(),
        ["nhs-england-gp-appointments-daily"] = new GpAppointmentsParser(),
        ["nhs-england-gp-appointments-monthly"] = new GpMonthlyTotalsParser(),
        ["nhs-england-virtual-ward"] = new VirtualWardParser(),
        ["nhsbsa-dental-activity"] = new DentalActivityParser(),
        ["nhsuk-dental-acceptance"] = new DentalAcceptanceParser(),
    };

    public IReadOnlyCollection<string> Keys => byKey.Keys;

    public IPublicationParser this[string key] => byKey[key];
}
