using System.Text;
using System.Text.Json.Nodes;
using MetricsHub.Simulator.Faults;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Fhir;

/// <summary>The newest bed report of the largest hospital: an example of what a hospital would push.</summary>
internal static class FhirEndpoints
{
    public static void MapFhir(this WebApplication app) => app.MapGet("/fhir/MeasureReport/latest", GetAsync);

    private static Task GetAsync(HttpContext context, Player player, FaultyAnswer answer, TimeProvider clock)
    {
        var end = LondonDay.NewestEnd(clock.GetUtcNow());
        return answer.SendAsync(context, "fhir", "application/fhir+json", FeedEndpoints.Tag(player.Seed, "fhir", LondonDay.NumberOf(end)), () =>
            Encoding.UTF8.GetBytes(Report(player, end).ToJsonString()));
    }

    private static JsonObject Report(Player player, DateTimeOffset end)
    {
        var hospital = player.Estate.Of("hospital").First();
        var (day, slot) = LondonDay.Holding(end);
        var figures = player.Play(hospital, day);
        double? Now(string metric) => figures.TryGetValue(metric, out var values) ? values[slot] : null;
        return MeasureReport.Of(hospital.Organisation, hospital.Name, end - LondonDay.Slot, end,
        [
            ("numTotBeds", Now("acute-beds-open-now") + (Now("critical-care-beds-open-now") ?? 0)),
            ("numBeds", Now("acute-beds-open-now")),
            ("numBedsOcc", Now("acute-beds-occupied-now")),
            ("numICUBeds", Now("critical-care-beds-open-now")),
            ("numICUBedsOcc", Now("critical-care-beds-occupied-now")),
            ("numVent", null),
        ]);
    }
}
