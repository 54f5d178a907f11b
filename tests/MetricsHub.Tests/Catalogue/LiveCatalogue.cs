using MetricsHub.Catalogue;
using MetricsHub.Sources;

namespace MetricsHub.Tests.Catalogue;

/// <summary>The real catalogue with a made-up source beside: patients waiting, every quarter of an hour, due five minutes after it.</summary>
internal static class LiveCatalogue
{
    public const string Source = "live-waits";
    public const string Metric = "live-patients-waiting";

    /// <summary>Open from 8:00 to 20:00.</summary>
    public const string DayService = "NLX";

    /// <summary>Open always, as far as the catalogue knows.</summary>
    public const string OtherService = "RTP";

    public static HubCatalogue Load()
    {
        using var folder = new CatalogueFolder();
        folder.Append("metrics.yaml", $"""
              - key: {Metric}
                name: Patients waiting
                description: Patients waiting at this moment.
                unit: patients
                serviceDomain: utc
                source: {Source}
                cadence: quarter-hour
                measure: snapshot
                polarity: low-is-good
                countsPeople: true
                plausible: "[0, 500]"
                whole: true
                reportedBy: [provider]
            """);
        folder.Append("opening-hours.csv", $"{DayService},utc,utc-8-to-20,,,test");
        File.WriteAllText(Path.Combine(folder.Path, "sources", $"{Source}.yaml"), $$"""
            key: {{Source}}
            name: Live waits
            publisher: Nobody
            landingPage: https://example.org/
            licence: none
            simulated: false
            formatProven: true
            parser: nhsuk-dental-acceptance
            schedule: "*/15 * * * *"
            timeZone: Europe/London
            dueMinutesAfterPeriodEnd: 5
            maximumBytes: 1000
            locations:
              - folder: "{data}/inbox/{{Source}}"
                pattern: "*.csv"
            """);
        return CatalogueLoader.Load(folder.Path, new Parsers().Keys);
    }
}
