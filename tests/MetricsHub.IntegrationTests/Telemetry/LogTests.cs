using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>What a hub logs, as machines read it.</summary>
public sealed class LogTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Log_AskedForInJson_IsALineEachWithTimeEventAndTrace()
    {
        await using var hub = HubProcess.Launch(data.Path, "--Logging:Console:FormatterName", "json", "--Access:Mode", "keys");
        await hub.WaitUntilItAnswersAsync(Cancellation);
        using var refused = await hub.Http.GetAsync("/api/v1/sources", Cancellation);
        await UntilLoggedAsync(hub, "was not recognised");

        var lines = Lines(hub).ToList();

        Assert.All(lines, line => Assert.Equal(
            TimeSpan.Zero, DateTimeOffset.ParseExact(line.GetProperty("Timestamp").GetString()!, "yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture).Offset));
        Assert.All(lines, line => Assert.EndsWith("Z", line.GetProperty("Timestamp").GetString(), StringComparison.Ordinal));
        var stranger = Assert.Single(lines, line => line.GetProperty("EventId").GetInt32() == 5200);
        Assert.Equal("/api/v1/sources", stranger.GetProperty("State").GetProperty("Path").GetString());
        Assert.Contains(stranger.GetProperty("Scopes").EnumerateArray(), scope => scope.TryGetProperty("TraceId", out var trace) && trace.GetString()!.Length == 32);
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains(problem.GetProperty("traceId").GetString()!.Split('-')[1], stranger.GetProperty("Scopes").ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whatever a sender puts into names and rows, no line of the log is theirs.</summary>
    [Fact]
    public async Task Log_OfWhatSomebodySends_HasNoLineOfTheirs()
    {
        const string forged = "{\"EventId\":1,\"LogLevel\":\"Information\",\"Category\":\"Forged\"}";
        var inbox = Directory.CreateDirectory(Path.Combine(data.Path, "inbox", "nhs-england-ae-monthly"));
        await File.WriteAllTextAsync(Path.Combine(inbox.FullName, $"a\n{forged.Replace("/", "", StringComparison.Ordinal)}\n.csv"), $"a\n{forged}\n", Cancellation);
        await using var hub = HubProcess.Launch(data.Path, "--Logging:Console:FormatterName", "json", "--Access:Mode", "keys");
        await hub.WaitUntilItAnswersAsync(Cancellation);
        using var asked = await hub.Http.GetAsync($"/api/v1/sources/{Uri.EscapeDataString($"x\r\n{forged}\r\n")}", Cancellation);
        await UntilLoggedAsync(hub, "refused a");
        await UntilLoggedAsync(hub, "was not recognised");

        Assert.DoesNotContain(Lines(hub), line => line.GetProperty("Category").GetString() == "Forged");
    }

    /// <summary>All the secrets that a hub can hold, used rightly and wrongly, and all that the hub itself can log.</summary>
    [Fact]
    public async Task Log_OfAHubThatHoldsSecrets_TellsNone()
    {
        const string token = "a-token-that-nobody-may-read";
        const string influxToken = "a-token-of-influx-that-nobody-may-read";
        var settings = await postgres.NewSchemaAsync();
        var password = new Npgsql.NpgsqlConnectionStringBuilder(settings.ConnectionString).Password!;
        string[] onPostgres = ["--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema];
        string[] everything =
        [
            .. onPostgres, "--Access:Mode", "keys", "--Logging:Console:FormatterName", "json", "--Logging:LogLevel:MetricsHub", "Trace", "--Logging:LogLevel:Default", "Debug",
            "--Collection:Tokens:provider", token, "--Influx:Address", "http://127.0.0.1:1", "--Influx:Database", "none", "--Influx:Token", influxToken, "--Storage:Observations", "influx",
        ];
        WriteFeedWithToken();
        var key = await Commands.CreateKeyAsync(data.Path, "admin", Cancellation, onPostgres);
        await using var hub = HubProcess.Launch(data.Path, everything);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await AskAsync(hub, "/api/v1/keys", key);
        await AskAsync(hub, "/api/v1/keys", key[..^1] + "0");
        await AskAsync(hub, $"/api/v1/sources?key={key}", null);
        var made = await AskAsync(hub, "/api/v1/keys", key, """{"owner":"Another","scopes":["read"],"expires":"%"}""".Replace("%", TimeProvider.System.GetUtcNow().AddDays(1).ToString("O"), StringComparison.Ordinal));
        await UntilLoggedAsync(hub, "with-a-token: could not collect");

        var secret = JsonElement.Parse(made).GetProperty("text").GetString()!;
        Assert.StartsWith("mh_", secret, StringComparison.Ordinal);
        Assert.All((string[])[key, key.Split('_')[2], secret, secret.Split('_')[2], token, influxToken, password], text => Assert.DoesNotContain(text, hub.Output, StringComparison.Ordinal));
    }

    private static async Task<string> AskAsync(HubProcess hub, string address, string? key, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using var answer = await hub.Http.SendAsync(request, Cancellation);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task UntilLoggedAsync(HubProcess hub, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!hub.Output.Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Every line that has been logged; each is one JSON object, or the test fails.</summary>
    private static IEnumerable<JsonElement> Lines(HubProcess hub) =>
        hub.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));

    private void WriteFeedWithToken() => Feeds.Write(data.Path, "with-a-token", "http://127.0.0.1:1/feed.csv", "    tokenHeader: Authorization\n    token: provider\n");
}
