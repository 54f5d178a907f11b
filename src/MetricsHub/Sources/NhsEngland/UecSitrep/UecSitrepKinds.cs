using MetricsHub.Domain.Observations;
using MetricsHub.Sources.Blocks;
using static MetricsHub.Sources.Blocks.BlockColumn;

namespace MetricsHub.Sources.NhsEngland.UecSitrep;

/// <summary>
/// NHS England's winter workbooks of the urgent and emergency care daily situation reports, one for each season and collection. Their
/// layout is known from documentation only.
/// </summary>
internal static class UecSitrepKinds
{
    // A trust that sent nothing for a day shows a dash or nothing; its figure was due.
    private static readonly Dictionary<string, AbsenceCode> Markers = new() { [""] = AbsenceCode.Late, ["-"] = AbsenceCode.Late };

    private static readonly string[] CodeHeaders = ["Code", "Org Code"];
    private static readonly string[] NameHeaders = ["Name", "Org Name"];
    private static readonly string[] OtherHeaders = ["NHS England Region", "Region"];

    /// <summary>
    /// Beds are read at 08:00 on the date. Closures and diverts are counted from midnight to midnight of the day before it, as the
    /// collection's definitions say of all its flows.
    /// </summary>
    public static readonly BlockWorkbookKind Daily = new(
        "the UEC daily sitrep workbook (XLSX)",
        [
            new("Adult G&A beds",
            [
                Of("Adult G&A Beds Open", "adult-general-acute-beds-open"),
                Of("Adult G&A beds occ'd", "adult-general-acute-beds-occupied"),
                Of("Adult G&A beds unavailable to non-covid admissions void", "adult-general-acute-beds-void"),
            ]),
            new("Paediatric G&A beds",
            [
                Of("Paediatric G&A Beds Open", "paediatric-general-acute-beds-open"),
                Of("Paediatric G&A beds occ'd", "paediatric-general-acute-beds-occupied"),
                Of("Paediatric G&A beds unavailable to non-covid admissions void", "paediatric-general-acute-beds-void"),
            ]),
            new("Adult critical care",
            [
                Of("CC Adult Open", "adult-critical-care-beds-open"),
                Of("CC Adult Occ", "adult-critical-care-beds-occupied"),
            ]),
            new("Beds Occ by long stay patients",
            [
                Of("> 7 days", "beds-occupied-over-7-days"),
                Of("> 14 days", "beds-occupied-over-14-days", partOf: "beds-occupied-over-7-days"),
                Of("> 21 days", "beds-occupied-over-21-days", partOf: "beds-occupied-over-7-days"),
            ]),
            new("A&E Closures", [Of("A&E Closures", "ed-closures", BlockPeriod.DayBefore), Of("Closures", "ed-closures", BlockPeriod.DayBefore)]),
            new("A&E Diverts", [Of("A&E Diverts", "ed-diverts", BlockPeriod.DayBefore), Of("Diverts", "ed-diverts", BlockPeriod.DayBefore)]),
            new("Flu", []),
            new("RSV", []),
        ],
        BlockLabel.Header,
        Titles: [],
        CodeHeaders,
        NameHeaders,
        OtherHeaders,
        HasFractions: false,
        Markers);

    /// <summary>
    /// A collection of its own since 2022-23. It dates a day's arrivals and delays by that day: in the winter of 2022-23 they are
    /// lowest under Saturdays and Sundays, where dates of report would put the days of least pressure on Fridays and Saturdays.
    /// </summary>
    public static readonly BlockWorkbookKind AmbulanceHandover = new(
        "the ambulance collection workbook (XLSX)",
        [
            new("Ambulance Arrivals and Delays",
            [
                Of("Arriving by ambulance", "ambulance-arrivals"),
                Of("Delay 30-60 mins", "ambulance-handover-30-to-60-minutes", partOf: "ambulance-arrivals"),
                Of("Delay >60 mins", "ambulance-handover-over-60-minutes", partOf: "ambulance-arrivals"),
            ]),
        ],
        BlockLabel.Header,
        Titles: [],
        CodeHeaders,
        NameHeaders,
        OtherHeaders,
        HasFractions: false,
        Markers);
}
