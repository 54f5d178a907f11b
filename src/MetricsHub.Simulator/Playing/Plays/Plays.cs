using Play = System.Func<
    MetricsHub.Simulator.Playing.SiteDay,
    MetricsHub.Simulator.Playing.Player,
    System.Collections.Generic.IReadOnlyDictionary<string, double[]>>;

namespace MetricsHub.Simulator.Playing;

/// <summary>What is played for each kind of service, by the kinds of <c>estate.csv</c>. How busy each is, is made up.</summary>
internal static class Plays
{
    private static readonly Dictionary<string, Play> Kinds = new()
    {
        ["gp"] = (site, _) => PrimaryCare.GeneralPractice(site),
        ["dental"] = (site, _) => PrimaryCare.Dental(site),
        ["pharmacy"] = (site, _) => PrimaryCare.Pharmacy(site),
        ["utc"] = (site, _) => UrgentCare.TreatmentCentre(site),
        ["sdec"] = (site, _) => UrgentCare.SameDayEmergencyCare(site),
        ["ed"] = (site, _) => UrgentCare.EmergencyDepartment(site),
        ["ambulance-handover"] = (site, _) => UrgentCare.AmbulanceHandover(site),
        ["ambulance-control"] = (site, _) => UrgentCare.AmbulanceControl(site),
        ["nhs-111"] = (site, _) => UrgentCare.Nhs111(site),
        ["ward"] = (site, _) => Beds.Ward(site),
        ["hospital"] = Beds.Hospital,
        ["discharge"] = Beds.Discharge,
        ["community-beds"] = (site, _) => Beds.Community(site),
        ["mental-health"] = (site, _) => Beds.MentalHealth(site),
        ["mental-health-flow"] = (site, _) => Beds.MentalHealthFlow(site),
        ["virtual-ward"] = (site, _) => Beds.VirtualWard(site),
        ["care-home"] = (site, _) => Beds.CareHome(site),
        ["patient-transport"] = (site, _) => PlannedCare.PatientTransport(site),
        ["planned-procedures"] = (site, _) => PlannedCare.Procedures(site),
        ["sexual-health"] = (site, _) => PlannedCare.SexualHealth(site),
        ["early-pregnancy"] = (site, _) => PlannedCare.EarlyPregnancy(site),
    };

    /// <exception cref="KeyNotFoundException">Nothing is played for the kind.</exception>
    public static Play Of(string kind) => Kinds[kind];
}
