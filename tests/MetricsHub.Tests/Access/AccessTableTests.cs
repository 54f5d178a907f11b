using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MetricsHub.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>Every endpoint × every kind of caller. An endpoint that is missing here fails.</summary>
public sealed class AccessTableTests
{
    private static readonly string Publication = new('a', 64);

    // The columns: nobody; keys: read, read of another organisation, read of another source, write, declare, admin, expired, revoked, unknown;
    // tokens: read, read of another organisation, of no role, expired, for another audience, unsigned.
    // + is let in; 1 is 401; 3 is 403.
    private const string Everybody = "++++++++++" + "++++++";
    private const string Readers = "1+++33+111" + "++3111";
    private const string ReadersOfTheSource = "1++333+111" + "++3111";
    private const string ReadersOfAll = "1+3333+111" + "+33111";
    private const string Writers = "1333+3+111" + "333111";
    private const string Declarers = "13333++111" + "333111";
    private const string Administrators = "133333+111" + "333111";

    private static readonly (string Endpoint, string Address, string LetsIn)[] Table =
    [
        ("GET /health/live", "/health/live", Everybody),
        ("GET /health/ready", "/health/ready", Everybody),
        ("GET /swagger/{documentName}/swagger.{extension}", "/swagger/v1/swagger.json", Everybody),
        ("GET /api/v1/organisations", "/api/v1/organisations", Readers),
        ("GET /api/v1/organisations/{code}", "/api/v1/organisations/QXU", Readers),
        ("GET /api/v1/metrics", "/api/v1/metrics", Readers),
        ("GET /api/v1/metrics/{key}", "/api/v1/metrics/utc-waiting", Readers),
        ("GET /api/v1/indicators", "/api/v1/indicators", Readers),
        ("GET /api/v1/indicators/{key}", "/api/v1/indicators/none", Readers),
        ("GET /api/v1/service-domains", "/api/v1/service-domains", Readers),
        ("GET /api/v1/checks", "/api/v1/checks", Readers),
        ("GET /api/v1/frameworks", "/api/v1/frameworks", Readers),
        ("GET /api/v1/frameworks/{key}", "/api/v1/frameworks/system-access", Readers),
        ("GET /api/v1/coverage", "/api/v1/coverage", Readers),
        ("GET /api/v1/reference/conflicts", "/api/v1/reference/conflicts", Readers),
        ("GET /api/v1/sources", "/api/v1/sources", ReadersOfTheSource),
        ("GET /api/v1/sources/{key}", "/api/v1/sources/sim-push", ReadersOfTheSource),
        ("GET /api/v1/publications", "/api/v1/publications", ReadersOfTheSource),
        ("GET /api/v1/publications/{id}", $"/api/v1/publications/{Publication}", ReadersOfTheSource),
        ("GET /api/v1/rejections", "/api/v1/rejections?source=sim-push", ReadersOfAll),
        ("GET /api/v1/observations", "/api/v1/observations?organisation=QXU", ReadersOfAll),
        ("GET /api/v1/observations.csv", "/api/v1/observations.csv", ReadersOfAll),
        ("GET /api/v1/observations/latest", "/api/v1/observations/latest?organisation=QXU", ReadersOfAll),
        ("GET /api/v1/observations/latest.csv", "/api/v1/observations/latest.csv", ReadersOfAll),
        ("POST /api/v1/observations", "/api/v1/observations?source=sim-push", Writers),
        ("GET /api/v1/organisations/{code}/escalation", "/api/v1/organisations/QXU/escalation", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/history", "/api/v1/organisations/QXU/escalation/history", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/history.csv", "/api/v1/organisations/qxu/escalation/history.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/declarations", "/api/v1/organisations/QXU/escalation/declarations", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/declarations.csv", "/api/v1/organisations/QXU/escalation/declarations.csv", ReadersOfAll),
        ("POST /api/v1/organisations/{code}/escalation/declarations", "/api/v1/organisations/QXU/escalation/declarations", Declarers),
        ("POST /api/v1/organisations/{code}/escalation/declarations/{number:long}/end", "/api/v1/organisations/QXU/escalation/declarations/1/end", Declarers),
        ("GET /api/v1/organisations/{code}/escalation/drift", "/api/v1/organisations/QXU/escalation/drift", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/drift.csv", "/api/v1/organisations/QXU/escalation/drift.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/events", "/api/v1/organisations/QXU/escalation/events", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/events.csv", "/api/v1/organisations/QXU/escalation/events.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/health", "/api/v1/organisations/QXU/escalation/health", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/health.csv", "/api/v1/organisations/QXU/escalation/health.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/headroom", "/api/v1/organisations/QXU/headroom", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/headroom.csv", "/api/v1/organisations/QXU/headroom.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/explain", "/api/v1/organisations/QXU/escalation/explain", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/explain.csv", "/api/v1/organisations/QXU/escalation/explain.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/compare", "/api/v1/organisations/QXU/escalation/compare", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/roll-up", "/api/v1/organisations/QXU/escalation/roll-up", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/escalation/roll-up.csv", "/api/v1/organisations/QXU/escalation/roll-up.csv", ReadersOfAll),
        ("POST /api/v1/organisations/{code}/escalation/what-if", "/api/v1/organisations/QXU/escalation/what-if", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/frameworks", "/api/v1/organisations/QXU/boards/frameworks", Readers),
        ("GET /api/v1/organisations/{code}/boards/frameworks.csv", "/api/v1/organisations/QXU/boards/frameworks.csv", Readers),
        ("GET /api/v1/organisations/{code}/boards/organisations", "/api/v1/organisations/QXU/boards/organisations", Readers),
        ("GET /api/v1/organisations/{code}/boards/organisations.csv", "/api/v1/organisations/QXU/boards/organisations.csv", Readers),
        ("GET /api/v1/organisations/{code}/boards/levels", "/api/v1/organisations/QXU/boards/levels", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/levels.csv", "/api/v1/organisations/QXU/boards/levels.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/service-domains", "/api/v1/organisations/QXU/boards/service-domains", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/service-domains.csv", "/api/v1/organisations/QXU/boards/service-domains.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/changes", "/api/v1/organisations/QXU/boards/changes", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/changes.csv", "/api/v1/organisations/QXU/boards/changes.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/movements", "/api/v1/organisations/QXU/boards/movements", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/movements.csv", "/api/v1/organisations/QXU/boards/movements.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/inputs", "/api/v1/organisations/QXU/boards/inputs", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/inputs.csv", "/api/v1/organisations/QXU/boards/inputs.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/figures", "/api/v1/organisations/QXU/boards/figures", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/figures.csv", "/api/v1/organisations/QXU/boards/figures.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/history", "/api/v1/organisations/QXU/boards/history?framework=system-access&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/history.csv", "/api/v1/organisations/QXU/boards/history.csv?framework=system-access&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/events", "/api/v1/organisations/QXU/boards/events?framework=system-access&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/events.csv", "/api/v1/organisations/QXU/boards/events.csv?framework=system-access&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/health", "/api/v1/organisations/QXU/boards/health?framework=system-access&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/health.csv", "/api/v1/organisations/QXU/boards/health.csv?framework=system-access&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/headroom", "/api/v1/organisations/QXU/boards/headroom", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/headroom.csv", "/api/v1/organisations/QXU/boards/headroom.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/below", "/api/v1/organisations/QXU/boards/below", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/below.csv", "/api/v1/organisations/QXU/boards/below.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/latest", "/api/v1/organisations/QXU/boards/latest", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/latest.csv", "/api/v1/organisations/QXU/boards/latest.csv", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/series", "/api/v1/organisations/QXU/boards/series?metric=utc-waiting&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/organisations/{code}/boards/series.csv", "/api/v1/organisations/QXU/boards/series.csv?metric=utc-waiting&from=2026-11-21", ReadersOfAll),
        ("GET /api/v1/boards/sources", "/api/v1/boards/sources", ReadersOfAll),
        ("GET /api/v1/boards/sources.csv", "/api/v1/boards/sources.csv", ReadersOfAll),
        ("GET /api/v1/boards/source-states", "/api/v1/boards/source-states", ReadersOfAll),
        ("GET /api/v1/boards/source-states.csv", "/api/v1/boards/source-states.csv", ReadersOfAll),
        ("GET /api/v1/boards/publications", "/api/v1/boards/publications", ReadersOfAll),
        ("GET /api/v1/boards/publications.csv", "/api/v1/boards/publications.csv", ReadersOfAll),
        ("GET /api/v1/boards/rejections", "/api/v1/boards/rejections", ReadersOfAll),
        ("GET /api/v1/boards/rejections.csv", "/api/v1/boards/rejections.csv", ReadersOfAll),
        ("GET /api/v1/boards/evaluation", "/api/v1/boards/evaluation", ReadersOfAll),
        ("GET /api/v1/boards/evaluation.csv", "/api/v1/boards/evaluation.csv", ReadersOfAll),
        ("GET /api/v1/boards/alarms/sources", "/api/v1/boards/alarms/sources", ReadersOfAll),
        ("GET /api/v1/boards/alarms/sources.csv", "/api/v1/boards/alarms/sources.csv", ReadersOfAll),
        ("GET /api/v1/boards/alarms/silence", "/api/v1/boards/alarms/silence", ReadersOfAll),
        ("GET /api/v1/boards/alarms/silence.csv", "/api/v1/boards/alarms/silence.csv", ReadersOfAll),
        ("GET /api/v1/boards/alarms/levels", "/api/v1/boards/alarms/levels?organisation=QXU", ReadersOfAll),
        ("GET /api/v1/boards/alarms/levels.csv", "/api/v1/boards/alarms/levels.csv?organisation=QXU", ReadersOfAll),
        ("GET /api/v1/boards/alarms/uncertain", "/api/v1/boards/alarms/uncertain?organisation=QXU", ReadersOfAll),
        ("GET /api/v1/boards/alarms/uncertain.csv", "/api/v1/boards/alarms/uncertain.csv?organisation=QXU", ReadersOfAll),
        ("GET /api/v1/frameworks/{key}/differences", "/api/v1/frameworks/system-access/differences", ReadersOfAll),
        ("GET /api/v1/frameworks/{key}/differences.csv", "/api/v1/frameworks/system-access/differences.csv", ReadersOfAll),
        ("GET /api/v1/evaluation", "/api/v1/evaluation", Readers),
        ("POST /api/v1/publications/{id}/replay", $"/api/v1/publications/{Publication}/replay", Administrators),
        ("POST /api/v1/sources/{key}/replay", "/api/v1/sources/sim-push/replay", Administrators),
        ("GET /api/v1/keys", "/api/v1/keys", Administrators),
        ("GET /api/v1/keys.csv", "/api/v1/keys.csv", Administrators),
        ("POST /api/v1/keys", "/api/v1/keys", Administrators),
        ("DELETE /api/v1/keys/{id}", "/api/v1/keys/ffffffff", Administrators),
        ("GET /api/v1/actions", "/api/v1/actions", Administrators),
        ("GET /api/v1/actions/check", "/api/v1/actions/check", Administrators),
        ("GET /api/v1/actions.csv", "/api/v1/actions.csv", Administrators),
        ("GET /api/v1/backups", "/api/v1/backups", Administrators),
        ("GET /api/v1/backups.csv", "/api/v1/backups.csv", Administrators),
        ("POST /api/v1/backups", "/api/v1/backups", Administrators),
        ("GET /", "/", ReadersOfAll),
        ("ANY /jobs/{**path}", "/jobs", ReadersOfAll),
        ("GET /metrics", "/metrics", ReadersOfAll),
    ];

    [Fact]
    public async Task Table_OfWhoIsLetIn_HasEveryEndpointOfTheHub()
    {
        await using var host = await AccessHost.StartAsync();

        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(NamesOf).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Table.Select(row => row.Endpoint).Order(StringComparer.Ordinal), endpoints);
    }

    [Fact]
    public async Task Endpoint_AskedByEveryKindOfCaller_LetsInWhomItsRowSays()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var (expired, revoked) = (await host.KeyAsync("read,write,declare", days: 1), await host.KeyAsync("admin"));
        host.Clock.Advance(TimeSpan.FromDays(1));
        var now = host.Clock.GetUtcNow();
        string?[] callers =
        [
            null, await host.KeyAsync("read"), await host.KeyAsync("read", organisations: "QUY"), await host.KeyAsync("read", sources: "nhs-england-ae-monthly"),
            await host.KeyAsync("write"), await host.KeyAsync("declare"), await host.KeyAsync("admin"), expired, revoked, MetricsHub.Access.KeyText.New().Reveal(),
            issuer.Token(now), issuer.Token(now, role: "elsewhere"), issuer.Token(now, role: "unknown"), issuer.Token(now.AddHours(-1)),
            issuer.Token(now, claims: new() { ["aud"] = "another" }), issuer.Unsigned(now),
        ];
        await host.Services.GetRequiredService<MetricsHub.Access.KeyIssuer>().RevokeAsync(AccessHost.IdOf(revoked), "a test", TestContext.Current.CancellationToken);

        var found = new List<(string, string)>();
        foreach (var (endpoint, address, _) in Table)
        {
            var marks = new StringBuilder();
            foreach (var caller in callers)
            {
                marks.Append(await MarkAsync(host, endpoint.Split(' ')[0], address, caller));
            }

            found.Add((endpoint, marks.ToString()));
        }

        Assert.Equal(Table.Select(row => (row.Endpoint, row.LetsIn)), found);
    }

    private static async Task<char> MarkAsync(AccessHost host, string method, string address, string? caller)
    {
        using var body = method == "POST" ? new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } : null;
        using var answer = await host.SendAsync(method == "ANY" ? HttpMethod.Get : new HttpMethod(method), address, caller, body);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                await answer.AssertProblemAsync(StatusCodes.Status401Unauthorized, "/problems/not-recognised");
                Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
                return '1';
            case HttpStatusCode.Forbidden:
                await answer.AssertProblemAsync(StatusCodes.Status403Forbidden, "/problems/forbidden");
                return '3';
            default:
                Assert.True((int)answer.StatusCode < 500, $"{method} {address}: {answer.StatusCode}");
                return '+';
        }
    }

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Where(method => method != "HEAD")
            .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");
}
