namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>Feeds of an installation's own catalogue.</summary>
internal static class Feeds
{
    /// <param name="more">Further lines of its location, indented as they have to be.</param>
    public static void Write(string dataFolder, string key, string address, string more = "")
    {
        var sources = Directory.CreateDirectory(Path.Combine(dataFolder, "catalogue", "sources"));
        File.WriteAllText(Path.Combine(sources.FullName, $"{key}.yaml"), $$"""
            key: {{key}}
            name: A feed of a test
            publisher: Nobody
            landingPage: https://example.org/
            licence: none needed
            simulated: false
            formatProven: true
            parser: table
            table:
              format: csv
              organisation: { code: RTP }
              time: { field: At, format: iso }
              figures:
                - { metric: ed-type-1-attendances, field: Attendances }
            schedule: "* * * * *"
            timeZone: Europe/London
            dueDaysAfterPeriodEnd: 40
            maximumBytes: 20000
            locations:
              - feed: {{address}}
                privateNetwork: true

            """ + more);
    }
}
