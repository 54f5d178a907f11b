using System.Globalization;
using System.Text;
using System.Text.Json;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class PublicationEndpointsTests
{
    private static readonly SourceKey Source = new("nhs-england-ae-monthly");

    internal static Publication Publication(long arrival) => new(
        Source,
        IdOf(arrival),
        new ReleaseOrder(null, (int)(arrival % 2), arrival),
        "https://example.org/" + arrival.ToString(CultureInfo.InvariantCulture),
        "Monthly-AE-June-2024.csv",
        "Monthly A&E June 2024",
        Figures.RecordedAt,
        31_000,
        PublicationState.Stored,
        new Reading(1, 0),
        0,
        null,
        new Tally(205, 200, 2, 1, 1, 1, 4000, 3990, 8, 2),
        new Reconciliation(20, [new ReconciliationDifference("A&E attendances Type 1", 1000, 990)]),
        Figures.June,
        Figures.RecordedAt);

    [Fact]
    public async Task Publication_ById_SaysWhatBecameOfEveryRowAndWhetherItAddsUp()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Publications.Add(Publication(1));

        var found = await host.GetJsonAsync($"/api/v1/publications/{IdOf(1)}");

        Assert.Equal("stored", found.GetProperty("state").GetString());
        Assert.Equal((205, 200, 2), (Number(found, "tally", "rowsRead"), Number(found, "tally", "rowsAccepted"), Number(found, "tally", "rowsRejected")));
        Assert.True(found.GetProperty("tally").GetProperty("balances").GetBoolean());
        Assert.Equal("mismatch", found.GetProperty("reconciliation").GetProperty("outcome").GetString());
        var difference = found.GetProperty("reconciliation").GetProperty("differences")[0];
        Assert.Equal((1000, 990, 10), (difference.GetProperty("stated").GetDouble(), difference.GetProperty("summed").GetDouble(), difference.GetProperty("difference").GetDouble()));
        Assert.Equal((1, 1), (Number(found, "release", "revision"), Number(found, "release", "arrival")));
        Assert.Equal("2024-06-30T23:00:00Z", found.GetProperty("periodEnd").GetString());
    }

    [Fact]
    public async Task Publication_WithoutTotal_SaysSo()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Publications.Add(Publication(1) with { Reconciliation = Reconciliation.NoTotal });

        var found = await host.GetJsonAsync("/api/v1/publications?source=nhs-england-ae-monthly");

        Assert.Equal("no-total", found.GetProperty("items")[0].GetProperty("reconciliation").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Publications_PageByPage_GivesEachOnceNewestFirst()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Publications.AddRange(Enumerable.Range(1, 7).Select(arrival => Publication(arrival)));

        var paged = await Paged.AllAsync(host, "/api/v1/publications?limit=2&source=nhs-england-ae-monthly");

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], paged.Select(item => Number(JsonElement.Parse(item), "release", "arrival")));
    }

    [Fact]
    public async Task Rejections_PageByPage_GivesEachOnce()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Rejections.AddRange(
            from arrival in Enumerable.Range(1, 2)
            from number in Enumerable.Range(1, 3)
            select new LedgerRejection(
                Source, IdOf(arrival), "file.csv", new Rejection((arrival * 10) + number, "Type 1", "Not a number.", "n/a", number == 1 ? CheckKinds.Plausible | CheckKinds.UnitSlip : CheckKinds.None), new RejectionPosition(arrival, number)));

        var paged = await Paged.AllAsync(host, "/api/v1/rejections?limit=2");
        var one = await host.GetJsonAsync($"/api/v1/rejections?publication={IdOf(1)}&source=nhs-england-ae-monthly");

        Assert.Equal([21, 22, 23, 11, 12, 13], paged.Select(item => JsonElement.Parse(item).GetProperty("row").GetInt32()));
        Assert.Equal(3, one.GetProperty("items").GetArrayLength());
        Assert.Equal("Not a number.", one.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Equal(["plausible", "unit-slip"], one.GetProperty("items")[0].GetProperty("checks").EnumerateArray().Select(check => check.GetString()));
        Assert.Empty(one.GetProperty("items")[1].GetProperty("checks").EnumerateArray());
    }

    private static PublicationId IdOf(long arrival) => PublicationId.Of(Encoding.ASCII.GetBytes(arrival.ToString(CultureInfo.InvariantCulture)));

    private static int Number(JsonElement item, string group, string property) => item.GetProperty(group).GetProperty(property).GetInt32();
}
