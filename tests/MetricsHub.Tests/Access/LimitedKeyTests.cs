using System.Net;
using System.Net.Http.Json;
using MetricsHub.Catalogue;
using MetricsHub.Tests.Api;
using MetricsHub.Tests.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>What a key that is limited to organisations or sources is shown.</summary>
public sealed class LimitedKeyTests
{
    [Fact]
    public async Task Organisations_NamedAndBelow_AreShownAndTheirParentIsNot()
    {
        await using var host = await AccessHost.StartAsync();
        var (tree, today) = (host.Services.GetRequiredService<HubCatalogue>().Organisations, new DateOnly(2026, 11, 22));
        var own = tree.All.First(organisation => tree.ParentOf(organisation.Code, today) is not null && tree.ChildrenOf(organisation.Code, today).Any()).Code;
        var below = tree.DescendantsOf(own, today).Last().Code.ToString();
        var above = tree.ParentOf(own, today)!.Parent.ToString();
        var key = await host.KeyAsync("read", organisations: own.ToString());

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key, own.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key, below));
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            [await StatusAsync(host, key, above), await StatusAsync(host, key, "QUY"), await StatusAsync(host, key, "NOSUCH")]);
    }

    [Theory]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("?organisation=", HttpStatusCode.Forbidden)]
    [InlineData("?organisation=QXU", HttpStatusCode.OK)]
    [InlineData("?organisation=QXU,QUY", HttpStatusCode.Forbidden)]
    [InlineData("?organisation=QXU&organisation=QUY", HttpStatusCode.Forbidden)]
    [InlineData("?organisation=QXU&ORGANISATION=QUY", HttpStatusCode.Forbidden)]
    [InlineData("?organisation=QUY", HttpStatusCode.Forbidden)]
    public async Task Figures_OfALimitedKey_AreThoseOfItsOwnOrganisationsByName(string query, HttpStatusCode expected)
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read", organisations: "QXU");

        foreach (var address in (string[])["observations", "observations.csv", "observations/latest"])
        {
            using var answer = await host.GetAsync($"/api/v1/{address}{query}", key);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Figures_AskedForWithoutNamingAnybody_AreRefusedInASentence()
    {
        await using var host = await AccessHost.StartAsync();

        using var answer = await host.GetAsync("/api/v1/observations/latest", await host.KeyAsync("read", organisations: "QXU"));

        var problem = await answer.AssertProblemAsync(StatusCodes.Status403Forbidden, "/problems/forbidden");
        Assert.Equal("You are limited to QXU and what is below: name the organisations that you mean.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Declaring_ForAnotherOrganisation_IsRefusedAndForItsOwnIsKeptUnderItsOwner()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("declare", organisations: "QXU");

        using var other = await DeclareAsync(host, "QUY", key);
        using var own = await DeclareAsync(host, "QXU", key);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (other.StatusCode, own.StatusCode));
        var action = (await host.Ledger.ListActionsAsync(1, TestContext.Current.CancellationToken))[0];
        Assert.Equal(("declare", $"A test (key {AccessHost.IdOf(key)})"), (action.Action, action.Actor));
    }

    [Fact]
    public async Task Sources_OfALimitedKey_AreItsOwnByName()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read,write", sources: PushSystem.Key);

        async Task<HttpStatusCode> Get(string address)
        {
            using var answer = await host.GetAsync(address, key);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Get($"/api/v1/sources/{PushSystem.Key}"));
        Assert.Equal(HttpStatusCode.OK, await Get($"/api/v1/publications?source={PushSystem.Key}"));
        Assert.Equal(HttpStatusCode.OK, await Get($"/api/v1/rejections?source={PushSystem.Key}"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get("/api/v1/sources"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get("/api/v1/publications"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get("/api/v1/publications?source=nhs-england-ae-monthly"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get("/api/v1/observations?organisation=QXU"));
    }

    [Theory]
    [InlineData(null, PushSystem.Key, false)]
    [InlineData(null, "nhs-england-ae-monthly", true)]
    [InlineData("QXU", null, false)]
    public async Task Push_OfALimitedKey_IsTakenForItsOwnSourceOnly(string? organisations, string? sources, bool isRefused)
    {
        await using var host = await AccessHost.StartAsync();

        using var answer = await host.SendAsync(
            HttpMethod.Post, $"/api/v1/observations?source={PushSystem.Key}", await host.KeyAsync("write", organisations, sources), JsonContent.Create(new { }));

        // One that is let in lacks its idempotency key.
        Assert.Equal(isRefused ? HttpStatusCode.Forbidden : HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_OfOneCaller_IsNeverGivenToAnother()
    {
        await using var host = await AccessHost.StartAsync();
        var (all, limited) = (await host.KeyAsync("read"), await host.KeyAsync("read", organisations: "QUY"));
        var address = LevelsOf("QXU");

        using var first = await host.GetAsync(address, all);
        using var second = await host.GetAsync(address, limited);
        using var third = await host.GetAsync(address);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized],
            [first.StatusCode, second.StatusCode, third.StatusCode]);
    }

    // What says 401 here is the dashboard, to whoever sees it and may not act in it.
    [Theory]
    [InlineData("read", HttpStatusCode.Unauthorized)]
    [InlineData("admin", HttpStatusCode.NoContent)]
    public async Task Jobs_ActedIn_AreReadOnlyForWhoeverMayOnlyRead(string scopes, HttpStatusCode expected)
    {
        await using var host = await AccessHost.StartAsync();
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", "none")]);

        using var answer = await host.SendAsync(HttpMethod.Post, "/jobs/recurring/trigger", await host.KeyAsync(scopes), body);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static string LevelsOf(string organisation) => $"/api/v1/organisations/{organisation}/escalation";

    private static Task<HttpResponseMessage> DeclareAsync(AccessHost host, string organisation, string key)
    {
        var body = JsonContent.Create(new { level = 4, reason = "Two wards closed", until = "2026-11-22T20:00:00Z" });
        body.Headers.Add("Idempotency-Key", "a");
        return host.SendAsync(HttpMethod.Post, LevelsOf(organisation) + "/declarations", key, body);
    }

    private static async Task<HttpStatusCode> StatusAsync(AccessHost host, string key, string organisation)
    {
        using var answer = await host.GetAsync(LevelsOf(organisation), key);
        return answer.StatusCode;
    }
}
