namespace MetricsHub.Tests.Catalogue;

/// <summary>A small simulated system: two centres of one provider, and a feed of their waits.</summary>
internal static class SimulatedSystem
{
    public const string Simulator = "http://127.0.0.1:5090";
    public const string Feed = "simulated/sources/sim-utc-waits.yaml";

    /// <summary>Writes its folder instead of the bundled one, and a metric of its feed; the other, in minutes, is the catalogue's own.</summary>
    public static void WriteTo(CatalogueFolder catalogue)
    {
        Directory.Delete(Path.Combine(catalogue.Path, "simulated"), recursive: true);
        AddMetric(catalogue, "utc-waiting", "patients", "snapshot");
        catalogue.Write("simulated/organisations.csv", """
            code,name,kind,valid_from,valid_to,ons_code,source
            SIM,Wyvern Vale,system,,,,simulator
            SIMP1,Wyvern Vale Community,provider,,,,simulator
            SIMU1,Northgate UTC,site,,,,simulator
            SIMU2,Southgate UTC,site,,,,simulator

            """);
        catalogue.Write("simulated/organisation-parents.csv", """
            child,parent,valid_from,valid_to,basis,source,reason
            SIMP1,SIM,,,quoted,simulator,
            SIMU1,SIMP1,,,quoted,simulator,
            SIMU2,SIMP1,,,quoted,simulator,

            """);
        catalogue.Write("simulated/opening-hours.csv", "organisation,service_domain,calendar,valid_from,valid_to,source\n");
        catalogue.Write("simulated/roll-up-weights.csv", "parent,child,weight,valid_from,valid_to,basis,provenance,source\n");
        catalogue.Write(Feed, Source("sim-utc-waits", simulated: true, "feed: \"{simulator}/feeds/utc-waits.csv\"", "privateNetwork: true"));
    }

    /// <summary>A source that maps a table of waits, found at one location.</summary>
    public static string Source(string key, bool simulated, params string[] location) => $$"""
        key: {{key}}
        name: Waits
        publisher: Somebody
        landingPage: https://example.org/
        licence: none needed
        simulated: {{(simulated ? "true" : "false")}}
        formatProven: true
        parser: table
        table:
          format: csv
          organisation: { field: site, codes: { "Northgate UTC": SIMU1, "Southgate UTC": SIMU2, "Elsewhere": RTP } }
          time: { field: as_at, format: "dd/MM/yyyy HH:mm", zone: Europe/London }
          missing: { "-": not-applicable, "closed": not-due }
          figures:
            - { metric: utc-waiting, field: waiting }
            - { metric: utc-longest-wait, field: longest_wait_hours, unit: hours }
        schedule: "*/15 * * * *"
        timeZone: Europe/London
        dueMinutesAfterPeriodEnd: 20
        unknownOrganisations: refuse
        personalColumns: []
        maximumBytes: 20000000
        locations:
          - {{string.Join("\n    ", location)}}

        """;

    /// <summary>A metric that any number of sources may state, every quarter of an hour.</summary>
    public static void AddMetric(CatalogueFolder catalogue, string key, string unit, string measure) => catalogue.Append("metrics.yaml", $"""
          - key: {key}
            name: {key}
            description: Made for a test.
            unit: {unit}
            serviceDomain: utc
            cadence: quarter-hour
            measure: {measure}
            polarity: low-is-good
            countsPeople: false
            reportedBy: [site]
        """);
}
