using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MetricsHub.Api;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>Declared levels over a real ledger, through a loopback port. It is noon.</summary>
public sealed class DeclarationEndpointsTests
{
    private const string Escalation = "/api/v1/organisations/QXU/escalation";
    private const string Address = Escalation + "/declarations";
    private const string Framework = "access-published-monthly";

    private static readonly object Closed = new { level = 4, reason = "Two wards closed", until = "2026-11-22T20:00:00Z" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Declare_ByWhoeverTheHubRecognises_StandsBesideEveryReadingAndChangesNone()
    {
        await using var host = await PushHost.StartAsync();
        var before = await host.GetJsonAsync(Escalation);

        var declared = await DeclareAsync(host, "a", Closed);

        Assert.Equal((4, "local", "standing", "4, declared until 2026-11-22T20:00:00Z"), (
            declared.GetProperty("level").GetInt32(), declared.GetProperty("actor").GetString(), declared.GetProperty("status").GetString(), declared.GetProperty("text").GetString()));
        var after = await host.GetJsonAsync(Escalation);
        Assert.All(before.GetProperty("readings").EnumerateArray(), reading => Assert.Equal(JsonValueKind.Null, reading.GetProperty("declared").ValueKind));
        Assert.All(after.GetProperty("readings").EnumerateArray(), reading => Assert.Equal("Two wards closed", reading.GetProperty("declared").GetProperty("reason").GetString()));
        Assert.Equal(
            before.GetProperty("readings").EnumerateArray().Select(reading => (reading.GetProperty("level").ToString(), reading.GetProperty("shown").ToString())),
            after.GetProperty("readings").EnumerateArray().Select(reading => (reading.GetProperty("level").ToString(), reading.GetProperty("shown").ToString())));
        Assert.Equal(JsonValueKind.Null, (await host.GetJsonAsync($"{Escalation}?asOf=2026-11-22T11:59:59Z")).GetProperty("readings")[0].GetProperty("declared").ValueKind);
    }

    [Fact]
    public async Task Declare_ForOneFramework_StandsBesideItsReadingOnly()
    {
        await using var host = await PushHost.StartAsync();

        await DeclareAsync(host, "a", new { level = 3, reason = "Made up", until = "2026-11-23T00:00:00+00:00", framework = Framework });

        var readings = (await host.GetJsonAsync(Escalation)).GetProperty("readings").EnumerateArray().ToList();
        Assert.True(readings.Count > 1);
        Assert.All(readings, reading => Assert.Equal(
            reading.GetProperty("framework").GetProperty("key").GetString() == Framework, reading.GetProperty("declared").ValueKind != JsonValueKind.Null));
    }

    [Fact]
    public async Task Declare_SameKeyAgain_ChangesNothingEvenAfterItsTimeAndAnotherBodyIsAConflict()
    {
        await using var host = await PushHost.StartAsync();
        var first = await DeclareAsync(host, "a", Closed);
        host.Clock.Advance(TimeSpan.FromHours(9));

        var again = await DeclareAsync(host, "a", Closed);
        using var other = await PostAsync(host, "a", new { level = 3, reason = "Two wards closed", until = "2026-11-22T20:00:00Z" });

        Assert.Equal(first.GetProperty("number").GetInt64(), again.GetProperty("number").GetInt64());
        Assert.Equal("expired", again.GetProperty("status").GetString());
        await other.AssertProblemAsync(StatusCodes.Status409Conflict, "/problems/conflict");
        Assert.Single(await ItemsAsync(host));
    }

    [Fact]
    public async Task Declared_TimeOver_IsSaidAsExpiredForADayAndListedForEver()
    {
        await using var host = await PushHost.StartAsync();
        await DeclareAsync(host, "a", Closed);

        host.Clock.Advance(TimeSpan.FromHours(31));
        var told = (await host.GetJsonAsync(Escalation)).GetProperty("readings")[0].GetProperty("declared");
        host.Clock.Advance(TimeSpan.FromHours(1));
        var dropped = (await host.GetJsonAsync(Escalation)).GetProperty("readings")[0].GetProperty("declared");

        Assert.Equal(("expired", "none: the declared 4 expired at 2026-11-22T20:00:00Z"), (told.GetProperty("status").GetString(), told.GetProperty("text").GetString()));
        Assert.Equal(JsonValueKind.Null, dropped.ValueKind);
        Assert.Equal("expired", Assert.Single(await ItemsAsync(host)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Declare_WhileOneStands_ReplacesItFromItsOwnInstant()
    {
        await using var host = await PushHost.StartAsync();
        await DeclareAsync(host, "a", Closed);
        host.Clock.Advance(TimeSpan.FromHours(1));

        await DeclareAsync(host, "b", new { level = 3, reason = "One opened again", until = "2026-11-22T20:00:00Z" });

        Assert.Equal([("standing", null), ("replaced", "2026-11-22T13:00:00Z")],
            (await ItemsAsync(host)).Select(item => (item.GetProperty("status").GetString(), item.GetProperty("stoodUntil").GetString())));
        Assert.Equal(4, (await host.GetJsonAsync($"{Escalation}?at=2026-11-22T12:30:00Z")).GetProperty("readings")[0].GetProperty("declared").GetProperty("level").GetInt32());
        Assert.Equal(["standing"], (await ItemsAsync(host, "?asOf=2026-11-22T12:30:00Z")).Select(item => item.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task End_Standing_IsSaidWithItsReasonAndSentAgainStaysAsItIs()
    {
        await using var host = await PushHost.StartAsync();
        var number = (await DeclareAsync(host, "a", Closed)).GetProperty("number").GetInt64();
        host.Clock.Advance(TimeSpan.FromHours(1));

        using var ended = await EndAsync(host, number, "Wards open again");
        host.Clock.Advance(TimeSpan.FromHours(1));
        using var again = await EndAsync(host, number, "Wards open again");
        using var other = await EndAsync(host, number, "Another reason");
        using var unknown = await EndAsync(host, number + 1, "Wards open again");

        Assert.True(ended.IsSuccessStatusCode);
        var item = JsonElement.Parse(await again.TextAsync());
        Assert.Equal(("ended", "2026-11-22T13:00:00Z", "local", "Wards open again"), (
            item.GetProperty("status").GetString(), item.GetProperty("stoodUntil").GetString(), item.GetProperty("endedBy").GetString(), item.GetProperty("endReason").GetString()));
        await other.AssertProblemAsync(StatusCodes.Status409Conflict, "/problems/conflict");
        await unknown.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
        Assert.Equal(["end-declaration", "declare"], (await host.Services.GetRequiredService<ILedger>().ListActionsAsync(9, Cancellation)).Select(action => action.Action));
    }

    [Fact]
    public async Task End_OneThatIsOver_IsAConflict()
    {
        await using var host = await PushHost.StartAsync();
        var expired = (await DeclareAsync(host, "a", Closed)).GetProperty("number").GetInt64();
        host.Clock.Advance(TimeSpan.FromHours(8));

        using var answer = await EndAsync(host, expired, "Too late");

        Assert.Contains("has expired", (await answer.AssertProblemAsync(StatusCodes.Status409Conflict, "/problems/conflict")).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "level": 5, "reason": "", "until": "tomorrow" }""", "level,reason,until")]
    [InlineData("""{ "level": 4, "reason": "Two\nlines", "until": "2026-11-22T20:00:00Z" }""", "reason")]
    [InlineData("""{ "level": 4, "reason": "Made up", "until": "2026-11-22T20:00:00" }""", "until")]
    [InlineData("""{ "level": 4, "reason": "Made up", "until": "2026-11-22T12:00:00Z" }""", "until")]
    [InlineData("""{ "level": 4, "reason": "Made up", "until": "2026-11-29T12:00:01Z" }""", "until")]
    [InlineData("""{ "level": 4, "reason": "Made up", "until": "2026-11-22T20:00:00Z", "framework": "opel-acute-2024-26" }""", "framework")]
    public async Task Declare_WhatCannotBe_IsRefusedFieldByField(string body, string fields)
    {
        await using var host = await PushHost.StartAsync();

        using var answer = await PostAsync(host, "a", JsonElement.Parse(body));

        Assert.Equal(fields, string.Join(',', (await answer.AssertInvalidAsync()).Order()));
        Assert.Empty(await ItemsAsync(host));
    }

    [Fact]
    public async Task Declare_WhoSaidInTheBody_IsRefused()
    {
        await using var host = await PushHost.StartAsync();

        using var answer = await PostAsync(host, "a", new { level = 4, reason = "Made up", until = "2026-11-22T20:00:00Z", actor = "the chief executive" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await ItemsAsync(host));
    }

    [Fact]
    public async Task Declare_ReasonWithAnNhsNumber_IsRefusedAndKeptNowhere()
    {
        await using var host = await PushHost.StartAsync();

        using var answer = await PostAsync(host, "a", new { level = 4, reason = "Bed for 943 476 5919", until = "2026-11-22T20:00:00Z" });

        var problem = await answer.AssertProblemAsync(StatusCodes.Status422UnprocessableEntity, "/problems/not-as-claimed");
        Assert.DoesNotContain("5919", problem.ToString(), StringComparison.Ordinal);
        Assert.Empty(await ItemsAsync(host));
    }

    [Fact]
    public async Task Declare_WithoutKeyForNobodyOrTooLong_IsRefused()
    {
        await using var host = await PushHost.StartAsync();

        using var without = await PostAsync(host, null, Closed);
        using var nobody = await PostAsync(host, "a", Closed, Address.Replace("QXU", "NOSUCH", StringComparison.Ordinal));
        using var tooLong = await PostAsync(host, "a", new { level = 4, reason = new string('x', BodyBuilding.MaximumBytes), until = "2026-11-22T20:00:00Z" });

        Assert.Equal(["Idempotency-Key"], await without.AssertInvalidAsync());
        await nobody.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
    }

    [Fact]
    public async Task List_AsCsv_GuardsWhatASpreadsheetWouldRun()
    {
        await using var host = await PushHost.StartAsync();
        await DeclareAsync(host, "a", new { level = 4, reason = "=1+1", until = "2026-11-22T20:00:00Z" });

        var row = Assert.Single(CsvFiles.Read(await host.Client.GetStringAsync($"{Address}.csv", Cancellation)));

        Assert.Equal(("QXU", "4", "'=1+1", "standing", ""), (row["organisation"], row["level"], row["reason"], row["status"], row["stoodUntil"]));
    }

    private static Task<HttpResponseMessage> PostAsync(PushHost host, string? key, object body, string address = Address)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return host.Client.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> DeclareAsync(PushHost host, string key, object body)
    {
        using var answer = await PostAsync(host, key, body);
        var text = await answer.TextAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private static Task<HttpResponseMessage> EndAsync(PushHost host, long number, string reason) =>
        host.Client.PostAsJsonAsync($"{Address}/{number}/end", new { reason }, Cancellation);

    private static async Task<List<JsonElement>> ItemsAsync(PushHost host, string query = "") =>
        [.. (await host.GetJsonAsync(Address + query)).GetProperty("items").EnumerateArray()];
}
