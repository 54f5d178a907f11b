namespace MetricsHub.Tests.Catalogue;

/// <summary>The simulated system with a source that takes pushes: two metrics of quarter hours, and one that is counted by the day.</summary>
internal static class PushSystem
{
    public const string Key = "sim-push";
    public const string File = "simulated/sources/sim-push.yaml";
    public const string Measure = "http://hl7.org/fhir/us/saner/Measure/CDCPatientImpactAndHospitalCapacity";

    public static readonly (string Key, string Value) Setting = ("Simulator:Address", SimulatedSystem.Simulator);

    public static void WriteTo(CatalogueFolder catalogue)
    {
        SimulatedSystem.WriteTo(catalogue);
        catalogue.Append("metrics.yaml", """
              - key: utc-arrivals
                name: utc-arrivals
                description: Made for a test.
                unit: arrivals
                serviceDomain: utc
                cadence: day
                measure: flow
                polarity: low-is-good
                countsPeople: true
                reportedBy: [site]
            """);
        catalogue.Write(File, $$"""
            key: {{Key}}
            name: Pushed figures
            publisher: Somebody
            landingPage: https://example.org/
            licence: none needed
            simulated: true
            formatProven: true
            parser: pushed
            push: true
            metrics: [utc-waiting, utc-longest-wait, utc-arrivals]
            fhir:
              measures: ["{{Measure}}"]
              populations: { "Beds/numbeds": utc-waiting, numBedsOcc: utc-longest-wait, numArrivals: utc-arrivals }
            schedule: "*/15 * * * *"
            timeZone: Europe/London
            dueMinutesAfterPeriodEnd: 20
            unknownOrganisations: refuse
            personalColumns: []
            maximumBytes: 5000000

            """);
    }
}
