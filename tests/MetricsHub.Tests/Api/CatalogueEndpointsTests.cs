using System.Text.Json;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>Organisations, metrics, indicators, frameworks and service domains: what the catalogue says, over HTTP.</summary>
public sealed class CatalogueEndpointsTests
{
    [Fact]
    public async Task Organisations_SystemsOfADay_AreThoseOpenThen()
    {
        await using var host = await ApiHost.StartAsync();

        var before = await host.GetJsonAsync("/api/v1/organisations?kind=system&date=2026-03-31");
        var after = await host.GetJsonAsync("/api/v1/organisations?kind=system&date=2026-04-01");

        Assert.Equal(42, before.GetProperty("items").GetArrayLength());
        Assert.Contains("QXU", before.GetProperty("items").Texts("code"));
        Assert.DoesNotContain("QXU", after.GetProperty("items").Texts("code"));
        Assert.Equal(JsonValueKind.Null, before.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Organisations_WithoutDate_AreThoseOfToday()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal("2026-01-15", (await host.GetJsonAsync("/api/v1/organisations?kind=nation")).GetProperty("date").GetString());
    }

    [Fact]
    public async Task Organisations_BelowAParent_NameItWithBasisAndSource()
    {
        await using var host = await ApiHost.StartAsync();

        var items = (await host.GetJsonAsync("/api/v1/organisations?parent=qnx&date=2025-03-31")).GetProperty("items");

        var boundary = items.EnumerateArray().Single(item => item.GetProperty("code").GetString() == "NDJ").GetProperty("parent");
        Assert.Equal(("QNX", "quoted"), (boundary.GetProperty("code").GetString(), boundary.GetProperty("basis").GetString()));
        Assert.StartsWith("Boundary case", boundary.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", boundary.GetProperty("source").GetString());
    }

    [Fact]
    public async Task Organisations_WithAndWithoutParent_MakeUpAllOfThem()
    {
        await using var host = await ApiHost.StartAsync();

        var all = (await host.GetJsonAsync("/api/v1/organisations?date=2025-03-31")).GetProperty("items").Texts("code");
        var with = (await host.GetJsonAsync("/api/v1/organisations?date=2025-03-31&withoutParent=false")).GetProperty("items").Texts("code");
        var without = (await host.GetJsonAsync("/api/v1/organisations?date=2025-03-31&withoutParent=true")).GetProperty("items").Texts("code");

        Assert.Equal(all.Order(), with.Concat(without).Append("ENG").Order());
    }

    [Fact]
    public async Task Organisation_MovedFromOneSystemToAnother_HasBothParents()
    {
        await using var host = await ApiHost.StartAsync();

        var provider = await host.GetJsonAsync("/api/v1/organisations/ra2?date=2026-04-01");
        var system = await host.GetJsonAsync("/api/v1/organisations/QXU?date=2025-03-31");

        Assert.Equal(["QXU", "S9B9J"], provider.GetProperty("parents").Texts("code"));
        Assert.Equal("S9B9J", provider.GetProperty("organisation").GetProperty("parent").GetProperty("code").GetString());
        Assert.Contains("RA2", system.GetProperty("children").Texts("code"));
    }

    [Fact]
    public async Task Organisation_ThatServesSeveralSystems_IsShownAtEachOnItsDays()
    {
        await using var host = await ApiHost.StartAsync();

        var contract = await host.GetJsonAsync("/api/v1/organisations/111AI9?date=2026-01-01");
        var later = await host.GetJsonAsync("/api/v1/organisations/111AI9?date=2026-04-01");
        var kent = await host.GetJsonAsync("/api/v1/organisations/QKS?date=2026-01-01");
        var before = await host.GetJsonAsync("/api/v1/organisations/QKS?date=2025-01-01");

        Assert.Equal(["QKS", "QNX"], contract.GetProperty("serves").Texts("code"));
        Assert.Equal(["nhs-111", "nhs-111"], contract.GetProperty("serves").Texts("serviceDomain"));
        Assert.Equal(["quoted", "quoted"], contract.GetProperty("serves").Texts("basis"));
        Assert.Equal(["QKS", "S9B9J"], later.GetProperty("serves").Texts("code"));
        Assert.Equal(["quoted", "inferred"], later.GetProperty("serves").Texts("basis"));
        Assert.Equal(["111AI9"], kent.GetProperty("servedBy").Texts("code"));
        Assert.Empty(before.GetProperty("servedBy").EnumerateArray());

        // Beside the tree, never in it: no sum holds what several systems share.
        Assert.DoesNotContain("111AI9", kent.GetProperty("children").Texts("code"));
        Assert.Empty(kent.GetProperty("serves").EnumerateArray());
    }

    [Fact]
    public async Task Metrics_ListAndOne_GiveTheWholeDefinition()
    {
        await using var host = await ApiHost.StartAsync();

        var listed = (await host.GetJsonAsync("/api/v1/metrics")).GetProperty("items");
        var one = await host.GetJsonAsync("/api/v1/metrics/virtual-ward-patients");

        Assert.Contains(one.GetRawText(), listed.EnumerateArray().Select(item => item.GetRawText()));
        Assert.Equal(("snapshot", "month", "virtual-ward"), (Text(one, "measure"), Text(one, "cadence"), Text(one, "serviceDomain")));
        Assert.Equal(["system"], one.GetProperty("reportedBy").EnumerateArray().Select(kind => kind.GetString()));
        Assert.Equal(["nhs-england-virtual-ward"], one.GetProperty("sources").EnumerateArray().Select(source => source.GetString()));
        Assert.True(one.GetProperty("countsPeople").GetBoolean());
    }

    [Fact]
    public async Task Indicators_ListAndOne_GiveTheFormulas()
    {
        await using var host = await ApiHost.StartAsync();

        var listed = (await host.GetJsonAsync("/api/v1/indicators")).GetProperty("items");
        var one = await host.GetJsonAsync("/api/v1/indicators/ed-4-hour-performance");

        Assert.Equal(ApiHost.Catalogue.Indicators.Count, listed.GetArrayLength());
        Assert.Equal(2, one.GetProperty("formulas").GetArrayLength());
        Assert.Contains(one.GetProperty("formulas")[0].GetProperty("numerator").EnumerateArray(), term => term.GetProperty("subtract").GetBoolean());
    }

    [Fact]
    public async Task Frameworks_EveryNumberThatJudges_HasProvenanceAndSource()
    {
        await using var host = await ApiHost.StartAsync();

        var listed = (await host.GetJsonAsync("/api/v1/frameworks")).GetProperty("items");
        var one = (await host.GetJsonAsync("/api/v1/frameworks/access-published-monthly")).GetProperty("items");

        Assert.Equal(listed.EnumerateArray().First(item => Text(item, "key") == "access-published-monthly").GetRawText(), Assert.Single(one.EnumerateArray()).GetRawText());
        var numbers = listed.EnumerateArray().SelectMany(framework => framework.GetProperty("parameters").EnumerateArray()
            .SelectMany(parameter => parameter.GetProperty("bands").EnumerateArray())
            .Concat(framework.GetProperty("levels").EnumerateArray())
            .Append(framework.GetProperty("missingData"))
            .Append(framework.GetProperty("scoring"))
            .Append(framework.GetProperty("hysteresis")));
        Assert.All(numbers, number => Assert.False(string.IsNullOrEmpty(Text(number, "provenance")) || string.IsNullOrEmpty(Text(number, "source"))));
    }

    [Fact]
    public async Task ServiceDomains_List_IsTheClosedList()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Contains("dental", (await host.GetJsonAsync("/api/v1/service-domains")).GetProperty("items").Texts("key"));
    }

    private static string? Text(JsonElement item, string property) => item.GetProperty(property).GetString();

    [Fact]
    public async Task Organisation_OfAMerger_NamesWhereItCameFromAndWhoCameAfter()
    {
        await using var host = await ApiHost.StartAsync();

        var essex = await host.GetJsonAsync("/api/v1/organisations/D7T5G");
        var frimley = await host.GetJsonAsync("/api/v1/organisations/QNQ");

        Assert.Equal(["QH8", "QJG", "QM7"], essex.GetProperty("predecessors").Texts("code"));
        Assert.Empty(essex.GetProperty("successors").EnumerateArray());
        Assert.Equal(["QRL", "S0E4D", "S9B9J"], frimley.GetProperty("successors").Texts("code"));
        Assert.All(frimley.GetProperty("successors").EnumerateArray(), item =>
        {
            Assert.Equal(("2026-04-01", "inferred"), (item.GetProperty("date").GetString(), item.GetProperty("basis").GetString()));
            Assert.NotEmpty(item.GetProperty("reason").GetString()!);
        });
    }

    [Fact]
    public async Task ReferenceConflicts_OfACatalogueThatDiffers_AreListed()
    {
        var conflict = new MetricsHub.Domain.Reference.ReferenceConflict("RTP", "name", "One", "Other", "RTP.json (ods-organisations)");
        await using var agreeing = await ApiHost.StartAsync();
        await using var differing = await ApiHost.StartAsync(
            ApiHost.Catalogue with { Reference = ApiHost.Catalogue.Reference with { Conflicts = [conflict] } });

        var none = await agreeing.GetJsonAsync("/api/v1/reference/conflicts");
        var item = Assert.Single((await differing.GetJsonAsync("/api/v1/reference/conflicts")).GetProperty("items").EnumerateArray());

        Assert.Empty(none.GetProperty("items").EnumerateArray());
        Assert.Equal(("RTP", "name", "One", "Other"), (
            item.GetProperty("subject").GetString(), item.GetProperty("field").GetString(),
            item.GetProperty("catalogue").GetString(), item.GetProperty("stated").GetString()));
    }
}
