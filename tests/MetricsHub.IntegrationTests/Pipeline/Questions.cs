using System.Globalization;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>What is asked of every door: each address, under the heading that it stands under in the table.</summary>
internal static class Questions
{
    /// <param name="systems">The systems asked about.</param>
    /// <param name="now">The simulator's clock.</param>
    public static IEnumerable<(string Heading, string Address)> Of(IReadOnlyList<string> systems, DateTimeOffset now)
    {
        foreach (var system in systems)
        {
            foreach (var month in (string[])["2024-12-31", "2025-05-31", "2025-12-31"])
            {
                yield return ("escalation, monthly, of every system", $"/api/v1/organisations/{system}/escalation?at={month}");
                yield return ("explanation and derivation hashes, monthly, of every system", $"/api/v1/organisations/{system}/escalation/explain?at={month}");
            }
        }

        string[] slots = [Instant(now), Instant(now.AddHours(-1)), Instant(now.AddHours(-26)), Instant(now.AddDays(-6))];
        foreach (var organisation in (string[])["SIM", "SIMA1", "SIMH1", "SIMH4", "SIMU1"])
        {
            foreach (var slot in slots)
            {
                yield return ("escalation, by the quarter of an hour", $"/api/v1/organisations/{organisation}/escalation?at={slot}");
                yield return ("explanation and derivation hashes, by the quarter of an hour", $"/api/v1/organisations/{organisation}/escalation/explain?at={slot}");
            }

            yield return ("headroom", $"/api/v1/organisations/{organisation}/headroom?at={Instant(now)}");
            yield return ("observations, JSON", $"/api/v1/observations?organisation={organisation}&from={Instant(now.AddHours(-8))}&to={Instant(now)}&limit=1000");
            yield return ("observations, CSV", $"/api/v1/observations.csv?organisation={organisation}&from={Instant(now.AddDays(-5))}&to={Instant(now)}");

            // Less what a directory is asked for at each look: such a publication holds the instant of the look, so that two hubs' differ.
            var metrics = organisation == "SIMU1" ? "&metric=utc-patients-waiting,utc-longest-wait,utc-patients-in-department,utc-attendances-since-midnight" : "";
            yield return ("latest", $"/api/v1/observations/latest?organisation={organisation}&limit=1000{metrics}");
            yield return ("latest, CSV", $"/api/v1/observations/latest.csv?organisation={organisation}{metrics}");
        }

        var week = $"from={Instant(now.AddDays(-6))}&to={Instant(now)}";
        yield return ("history", $"/api/v1/organisations/SIM/escalation/history?framework=system-access&{week}&step=hour");
        yield return ("history", $"/api/v1/organisations/SIM/escalation/history.csv?framework=system-access&from={Instant(now.AddDays(-2))}&to={Instant(now)}");
        yield return ("history", "/api/v1/organisations/QUY/escalation/history?framework=access-published-monthly&from=2024-01-01&to=2026-01-31");
        yield return ("events", $"/api/v1/organisations/SIM/escalation/events?framework=system-access&{week}");
        yield return ("health of levels", $"/api/v1/organisations/SIM/escalation/health?framework=system-access&{week}");
        yield return ("declarations", "/api/v1/organisations/SIM/escalation/declarations");
        yield return ("roll-up", "/api/v1/organisations/QUY/escalation/roll-up?at=2025-12-31");
        yield return ("observations, CSV", "/api/v1/observations.csv?from=2000-01-01&to=2026-06-30&metric=ed-type-1-attendances,ed-type-1-over-4h");
        yield return ("observations, CSV", "/api/v1/observations.csv?organisation=RTP,RA7,QUY,QOX&from=2000-01-01&to=2026-06-30");
        yield return ("observations with gaps", "/api/v1/observations?metric=ed-type-1-attendances&organisation=RTP&from=2024-04-01&to=2026-01-01&gaps=true&limit=1000");
        yield return ("observations by the month", "/api/v1/observations?metric=ed-type-1-attendances&organisation=RTP&from=2024-04-01&to=2026-01-01&step=month&aggregate=sum");
        yield return ("coverage", "/api/v1/coverage");
    }

    private static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
