using MetricsHub.Sources.Blocks;
using MetricsHub.Sources.Dos;
using MetricsHub.Sources.GovUk.BankHolidays;
using MetricsHub.Sources.Nhsbsa.DentalActivity;
using MetricsHub.Sources.NhsEngland.AeMonthly;
using MetricsHub.Sources.NhsEngland.AmbulanceMonthly;
using MetricsHub.Sources.NhsEngland.DischargeDaily;
using MetricsHub.Sources.NhsEngland.GpAppointments;
using MetricsHub.Sources.NhsEngland.GpMonthlyTotals;
using MetricsHub.Sources.NhsEngland.Kh03;
using MetricsHub.Sources.NhsEngland.Nhs111;
using MetricsHub.Sources.NhsEngland.UecSitrep;
using MetricsHub.Sources.NhsEngland.VirtualWard;
using MetricsHub.Sources.NhsUk.DentalAcceptance;
using MetricsHub.Sources.Ods;
using MetricsHub.Sources.Pushes;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Sources;

/// <summary>The parsers that the hub has, by the key that a source's definition names: a literal list, found by nobody's reflection.</summary>
internal sealed class Parsers
{
    /// <summary>The parser that reads by a mapping in the source's own definition.</summary>
    public const string TableKey = "table";

    /// <summary>The parser of what is pushed to the hub.</summary>
    public const string PushedKey = "pushed";

    /// <summary>The parser of looks at the Directory of Services.</summary>
    public const string CapacityStatusKey = "dos-capacity-status";

    private readonly Dictionary<string, IPublicationParser> byKey = new()
    {
        ["nhs-england-111-daily"] = new BlockWorkbookParser(Nhs111DailyKind.Winter),
        ["nhs-england-ae-monthly"] = new AeMonthlyParser(),
        ["nhs-england-ambsys-monthly"] = new AmbulanceMonthlyParser(),
        ["nhs-england-ambulance-handover"] = new BlockWorkbookParser(UecSitrepKinds.AmbulanceHandover),
        ["nhs-england-discharge-daily"] = new DischargeDailyParser(),
        ["nhs-england-gp-appointments-daily"] = new GpAppointmentsParser(),
        ["nhs-england-gp-appointments-monthly"] = new GpMonthlyTotalsParser(),
        ["nhs-england-kh03-quarterly"] = new BlockWorkbookParser(Kh03Kind.Overnight),
        ["nhs-england-uec-daily-sitrep"] = new BlockWorkbookParser(UecSitrepKinds.Daily),
        ["nhs-england-virtual-ward"] = new VirtualWardParser(),
        ["nhsbsa-dental-activity"] = new DentalActivityParser(),
        ["nhsuk-dental-acceptance"] = new DentalAcceptanceParser(),
        ["govuk-bank-holidays"] = new BankHolidaysParser(),
        ["ods-organisations"] = new OrganisationRecordParser(),
    };

    public IReadOnlyCollection<string> Keys => [.. byKey.Keys, TableKey, PushedKey, CapacityStatusKey];

    /// <param name="table">The mapping; for <see cref="TableKey"/> only.</param>
    /// <param name="pushed">What is taken; for <see cref="PushedKey"/> only.</param>
    /// <param name="services">Whose status is asked for; for <see cref="CapacityStatusKey"/> only.</param>
    public IPublicationParser For(string key, TableDefinition? table, PushedDefinition? pushed, IReadOnlyList<DosService> services) => key switch
    {
        TableKey => new TableParser(table!),
        PushedKey => new PushedParser(pushed!),
        CapacityStatusKey => new CapacityStatusParser(services),
        _ => byKey[key],
    };
}
