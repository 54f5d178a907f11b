using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MetricsHub.Collection;
using MetricsHub.Tests.Api;
using MetricsHub.Tests.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>Pushes of senders who may speak for some organisations only.</summary>
public sealed class LimitedPushTests
{
    private static readonly string Mine = Row("SIMU1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> OfOthers => new()
    {
        { "application/json", $"[{Mine},{Row("SIMU2")}]", "Row 2 is" },
        { "application/json", $"[{Row("SIMU2")},{Mine},{Row("SIMP1")},{Row("SIM")}]", "Row 1 and 2 more are" },
        { "application/json", $"[{Mine},{Row("NOSUCH")}]", "Row 2 is" },
        { "application/json", $"[{Mine},{Row("SIMU2").Replace("\"value\"", "\"remark\"", StringComparison.Ordinal)}]", "Row 2 is" },
        { "application/json", $"[{Mine},7]", "Row 2 is" },
        { "text/csv", "metric,organisation,at,value\r\nutc-waiting,SIMU1,2026-11-22T10:15:00Z,7\r\nutc-waiting,SIMU2,2026-11-22T10:15:00Z,8\r\n", "Row 3 is" },
        { "application/fhir+json", Report("SIMU2"), "Row 1 is" },
    };

    [Theory]
    [MemberData(nameof(OfOthers))]
    public async Task Push_WithARowOfAnother_IsForbiddenAndNothingOfItIsKept(string mediaType, string body, string rows)
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("write", organisations: "SIMU1");

        using var answer = await PushAsync(host, key, body, mediaType);

        var problem = await answer.AssertProblemAsync(StatusCodes.Status403Forbidden, "/problems/forbidden");
        Assert.Contains(rows, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await host.Ledger.ListPublicationsAsync(source: null, before: null, 10, Cancellation));
        Assert.Null(await host.Ledger.FindPushAsync(new(PushSystem.Key), "a", Cancellation));
        Assert.False(await host.Services.GetRequiredService<Archive>().ContainsAsync(Domain.Publications.PublicationId.Of(Encoding.UTF8.GetBytes(body)), Cancellation));
        Assert.Equal("create-key", Assert.Single(await host.Ledger.ListActionsAsync(10, Cancellation)).Action);
        Assert.Contains(host.Log.Entries, entry => entry.Text.Contains($"A test (key {AccessHost.IdOf(key)}) was not let in with a push", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SIMU1", "SIMU1")]
    [InlineData("SIMP1", "SIMU1", "SIMU2", "SIMP1")]
    [InlineData("SIMU1,SIMU2", "SIMU1", "SIMU2")]
    [InlineData(null, "SIMU1", "SIM")]
    public async Task Push_OfOnesOwnAndWhatIsBelow_IsTaken(string? organisations, params string[] rows)
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("write", organisations);

        using var answer = await PushAsync(host, key, $"[{string.Join(',', rows.Select(Row))}]");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(rows.Length, JsonElement.Parse(await answer.TextAsync()).GetProperty("rows").GetArrayLength());
        Assert.Equal($"A test (key {AccessHost.IdOf(key)})", (await host.Ledger.ListActionsAsync(1, Cancellation))[0].Actor);
    }

    [Fact]
    public async Task Push_OfNoRowsByALimitedSender_IsRefusedAndNotKept()
    {
        await using var host = await AccessHost.StartAsync();

        using var answer = await PushAsync(host, await host.KeyAsync("write", organisations: "SIMU1"), "[{]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty(await host.Ledger.ListPublicationsAsync(source: null, before: null, 10, Cancellation));
    }

    private static string Row(string organisation) => $$"""{"metric":"utc-waiting","organisation":"{{organisation}}","at":"2026-11-22T10:15:00Z","value":7}""";

    private static string Report(string organisation) => $$"""
        {
          "resourceType": "MeasureReport", "status": "complete", "type": "summary", "measure": "{{PushSystem.Measure}}",
          "subject": { "identifier": { "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "{{organisation}}" } },
          "period": { "start": "2026-11-22T10:00:00Z", "end": "2026-11-22T10:15:00Z" },
          "group": [{ "code": { "coding": [{ "code": "Beds" }] }, "population": [{ "code": { "coding": [{ "code": "numbeds" }] }, "count": 7 }] }]
        }
        """;

    private static Task<HttpResponseMessage> PushAsync(AccessHost host, string key, string body, string mediaType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        content.Headers.Add("Idempotency-Key", "a");
        return host.SendAsync(HttpMethod.Post, $"/api/v1/observations?source={PushSystem.Key}", key, content);
    }
}
