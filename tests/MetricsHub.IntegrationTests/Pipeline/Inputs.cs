using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MetricsHub.IntegrationTests.Faults;
using Xunit;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>
/// What an installation is given, always the same: the bundled samples and a corrected file in an inbox, the simulator's feeds, pushes, a
/// push that restates another, a replay, a declaration. What is sent goes to its doors in turn.
/// </summary>
internal sealed class Inputs(Installation installation, DateTimeOffset now, CancellationToken cancellationToken)
{
    private const string Corrected = "nhs-england-ae-monthly";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private int turn;

    /// <summary>Gives everything, with a restart in between, and returns when all of it is collected, stored and evaluated.</summary>
    public async Task GiveAsync()
    {
        DropCorrected();
        await installation.StartAsync(cancellationToken);
        await WaitAsync("everything is collected", IsCollectedAsync);

        // What publications state of organisations and bank holidays counts from the next start on.
        await installation.RestartAsync(cancellationToken);
        await WaitAsync("everything is collected", IsCollectedAsync);
        await PushAsync("first", "application/json", JsonRows(hoursAgo: 2, beds: 400, withMistake: true));
        await PushAsync("second", "text/csv", CsvRows());
        await PushAsync("third", "application/json", JsonRows(hoursAgo: 2, beds: 407, withMistake: false));
        await DeclareAsync();
        await ReplayAsync();
        await WaitAsync("everything is evaluated", IsEvaluatedAsync);
    }

    /// <summary>The sample of December 2024 with one more attendance in its first row of figures, as a publisher would correct it.</summary>
    private void DropCorrected()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "samples", Corrected, "Monthly-AE-December-2024.csv"));
        var cells = lines[1].Split(',');
        var figure = Array.FindIndex(cells, cell => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0);
        cells[figure] = (int.Parse(cells[figure], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        lines[1] = string.Join(',', cells);
        var inbox = Directory.CreateDirectory(Path.Combine(installation.DataFolder, "inbox", Corrected));
        File.WriteAllLines(Path.Combine(inbox.FullName, "Monthly-AE-December-2024-revised.csv"), lines);
    }

    private string JsonRows(int hoursAgo, int beds, bool withMistake)
    {
        var rows = Enumerable.Range(0, 8).Select(quarter => new Dictionary<string, object?>
        {
            ["metric"] = "acute-beds-occupied-now",
            ["organisation"] = "SIMH4",
            ["at"] = now.AddHours(-hoursAgo).AddMinutes(15 * quarter),
            ["value"] = withMistake && quarter == 3 ? -1 : beds + quarter,
        });
        return JsonSerializer.Serialize(rows.Append(new Dictionary<string, object?>
        {
            ["metric"] = "critical-care-beds-occupied-now",
            ["organisation"] = "SIMH4",
            ["at"] = now,
            ["absence"] = "late",
        }));
    }

    private string CsvRows() => string.Join("\r\n", Enumerable.Range(0, 8)
        .Select(quarter => string.Create(CultureInfo.InvariantCulture, $"acute-beds-open-now,SIMH4,{now.AddHours(-2).AddMinutes(15 * quarter):yyyy-MM-ddTHH:mm:ssZ},460"))
        .Prepend("metric,organisation,at,value"));

    private Task PushAsync(string key, string mediaType, string body) => PostAsync("/api/v1/observations?source=sim-push", key, mediaType, body, HttpStatusCode.OK);

    private Task DeclareAsync() => PostAsync(
        "/api/v1/organisations/SIM/escalation/declarations", "declared", "application/json",
        $$"""{"level":3,"reason":"Two wards closed by norovirus","until":"{{now.AddHours(48):yyyy-MM-ddTHH:mm:ssZ}}"}""", HttpStatusCode.OK);

    private async Task ReplayAsync()
    {
        var (id, asked) = (await PublicationsAsync(Door())).Where(item => item.GetProperty("source").GetString() == "nhs-england-virtual-ward")
            .Select(item => (Id: item.GetProperty("id").GetString()!, Asked: item.GetProperty("replaysAsked").GetInt32())).OrderBy(item => item.Id, StringComparer.Ordinal).First();
        await PostAsync($"/api/v1/publications/{id}/replay", null, "application/json", "", HttpStatusCode.Accepted);
        await WaitAsync("the replay is done", async hub =>
            (await PublicationsAsync(hub)).Single(item => item.GetProperty("id").GetString() == id).GetProperty("replay").GetInt32() == asked + 1);
    }

    private async Task PostAsync(string address, string? key, string mediaType, string body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await Door().Http.SendAsync(request, cancellationToken);
        Assert.True(answer.StatusCode == expected, $"{address}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>Each time the next.</summary>
    private HubProcess Door() => installation.Doors[turn++ % installation.Doors.Count].Hub;

    private async Task WaitAsync(string what, Func<HubProcess, Task<bool>> holds)
    {
        foreach (var (name, hub) in installation.Doors)
        {
            await Waiting.UntilAsync($"{what}, says {name}", () => holds(hub), Patience, installation.Said, cancellationToken);
        }
    }

    private async Task<bool> IsCollectedAsync(HubProcess hub)
    {
        var sources = await ItemsAsync(hub, "/api/v1/sources");
        return sources.TrueForAll(source => source.GetProperty("waiting").GetInt32() == 0
            && source.GetProperty("lastRun") is { ValueKind: JsonValueKind.Object } run && run.GetProperty("finishedAt").ValueKind == JsonValueKind.String)
            && (await PublicationsAsync(hub)).TrueForAll(item => item.GetProperty("state").GetString() != "archived");
    }

    private async Task<bool> IsEvaluatedAsync(HubProcess hub) =>
        (await ItemsAsync(hub, "/api/v1/evaluation")).TrueForAll(item => item.GetProperty("state").GetString() == "up-to-date");

    private Task<List<JsonElement>> PublicationsAsync(HubProcess hub) => ItemsAsync(hub, "/api/v1/publications?limit=1000");

    private async Task<List<JsonElement>> ItemsAsync(HubProcess hub, string address) =>
        [.. JsonElement.Parse(await hub.Http.GetStringAsync(address, cancellationToken)).GetProperty("items").EnumerateArray()];
}
