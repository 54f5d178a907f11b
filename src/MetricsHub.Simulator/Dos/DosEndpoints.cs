using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MetricsHub.Simulator.Faults;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Dos;

/// <summary>The capacity status of the urgent treatment centres, in the form of the directory of services.</summary>
internal static class DosEndpoints
{
    /// <summary>The first centre is service 990001.</summary>
    private const int FirstService = 990001;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void MapDos(this WebApplication app) => app.MapGet("/dos/api/v1.0/services/{id:int}/capacitystatus", GetAsync);

    private static async Task GetAsync(int id, HttpContext context, Player player, FaultyAnswer answer, TimeProvider clock)
    {
        if (player.Estate.Of("utc").ElementAtOrDefault(id - FirstService) is not { } centre)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var end = LondonDay.NewestEnd(clock.GetUtcNow());
        await answer.SendAsync(context, "dos", "application/json", FeedEndpoints.Tag(player.Seed, "dos", id, LondonDay.NumberOf(end)), () =>
            JsonSerializer.SerializeToUtf8Bytes(StatusOf(centre, end, player, id), Form));
    }

    private static ServiceStatus StatusOf(Site centre, DateTimeOffset end, Player player, int id)
    {
        var (day, slot) = LondonDay.Holding(end);
        var status = CapacityStatus.Of(player.At(centre, day), slot);
        return new ServiceStatus(
            id.ToString(CultureInfo.InvariantCulture),
            centre.Name,
            status.Word,
            status.Resets,
            status.Set is null ? null : "Capacity status set by the simulator",
            status.Set is null ? null : "Simulator",
            status.Set);
    }

    /// <summary>Members of which nothing is known are left out: a service whose status nobody has set.</summary>
    /// <param name="ResetDateTime">When red or amber goes back to green; an instant in the past has done so.</param>
    private sealed record ServiceStatus(
        string Id, string Name, string Status, DateTimeOffset? ResetDateTime, string? Notes, string? ModifiedBy, DateTimeOffset? ModifiedDate);
}
