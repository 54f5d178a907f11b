using System.Text.Json;
using MetricsHub.Domain.Observations;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>A code that a publisher uses and the catalogue does not know.</summary>
public sealed class UncataloguedOrganisationsTests
{
    private static readonly RecordedStatement Stated = Figures.Of("ed-type-1-attendances", "RZ9Z", Figures.June, 12);

    [Theory]
    [InlineData("/api/v1/observations?organisation=rz9z")]
    [InlineData("/api/v1/observations/latest?organisation=RZ9Z,QXU")]
    [InlineData("/api/v1/observations?metric=ed-type-1-attendances&organisation=RZ9Z&from=2024-01-01&to=2025-01-01&step=month&aggregate=sum")]
    public async Task Observations_FilteredByIt_HaveItsFigures(string address)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Stated);

        var item = Assert.Single((await host.GetJsonAsync(address)).GetProperty("items").EnumerateArray());

        Assert.Equal(12, item.GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Observations_CodeStatedOnlyNow_IsKnownFromThenOn()
    {
        await using var host = await ApiHost.StartAsync();

        using var before = await host.GetAsync("/api/v1/observations?organisation=RZ9Z");
        host.Store.Add(Stated);

        Assert.Equal(["organisation"], await before.AssertInvalidAsync());
        Assert.Equal(1, (await host.GetJsonAsync("/api/v1/observations?organisation=RZ9Z")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Organisations_WithoutParent_ListItAsWhatNothingIsKnownOf()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Stated);

        var items = (await host.GetJsonAsync("/api/v1/organisations?withoutParent=true")).GetProperty("items");
        var ofAKind = (await host.GetJsonAsync("/api/v1/organisations?withoutParent=true&kind=provider")).GetProperty("items");

        var item = items.EnumerateArray().Single(entry => entry.GetProperty("code").GetString() == "RZ9Z");
        Assert.All(["name", "kind", "parent"], property => Assert.Equal(JsonValueKind.Null, item.GetProperty(property).ValueKind));
        Assert.StartsWith("Not in the catalogue", item.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("RZ9Z", ofAKind.Texts("code"));
    }

    [Fact]
    public async Task Escalation_AnyOrganisation_CountsItAmongWhatHasNoParent()
    {
        await using var host = await ApiHost.StartAsync();
        var before = (await host.GetJsonAsync("/api/v1/organisations/QXU/escalation")).GetProperty("withoutParent");
        host.Store.Add(Stated);

        var after = (await host.GetJsonAsync("/api/v1/organisations/QXU/escalation")).GetProperty("withoutParent");

        Assert.Equal("RZ9Z", after.GetProperty("organisations").EnumerateArray().Last().GetString());
        Assert.Equal(before.GetProperty("count").GetInt32() + 1, after.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task StartPage_FiguresForIt_NamesIt()
    {
        await using var host = await ApiHost.StartAsync();
        using var before = await host.GetAsync("/");
        host.Store.Add(Stated);

        using var after = await host.GetAsync("/");

        Assert.DoesNotContain("does not know", await before.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("figures stated for: RZ9Z.", await after.TextAsync(), StringComparison.Ordinal);
    }
}
