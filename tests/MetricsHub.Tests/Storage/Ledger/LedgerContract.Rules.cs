using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Sources;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

public abstract partial class LedgerContract
{
    private static readonly HubCatalogue Catalogue = CatalogueLoader.Load(Path.Combine(AppContext.BaseDirectory, "catalogue"), new Parsers().Keys);
    private static readonly FrameworkRules[] OfCatalogue = [.. Catalogue.Frameworks.Select(Catalogue.RulesOf)];

    [Fact]
    public async Task EnterRules_FirstTime_KeepsEachWithItsText()
    {
        var entered = await OpenNew().EnterRulesAsync(OfCatalogue, "1", Noon, Cancellation);

        var kept = await Reopen().ListRulesAsync(null, Cancellation);
        Assert.Equal(entered, kept);
        Assert.Equal(OfCatalogue.Length, kept.Count);
        Assert.All(OfCatalogue, rules => Assert.Contains(
            new RulesInForce(rules.Framework.Key, rules.Framework.Version, "1", rules.Hash, rules.Text, Noon), kept));
        Assert.All(kept, entry => Assert.Equal(entry.Hash, FrameworkRules.Read(entry.Text!).Hash));
    }

    [Fact]
    public async Task EnterRules_SameAgain_ChangesNothing()
    {
        var ledger = OpenNew();
        await ledger.EnterRulesAsync(OfCatalogue, "1", Noon, Cancellation);
        var version = ledger.Version;

        Assert.Empty(await ledger.EnterRulesAsync(OfCatalogue, "1", Noon.AddDays(1), Cancellation));

        Assert.Equal(version, ledger.Version);
    }

    [Fact]
    public async Task EnterRules_OneChangedAndOneTakenOut_EntersThese()
    {
        var ledger = OpenNew();
        await ledger.EnterRulesAsync(OfCatalogue[..2], "1", Noon, Cancellation);
        var changed = Changed(OfCatalogue[0]);

        var entered = await ledger.EnterRulesAsync([changed], "1", Noon.AddDays(1), Cancellation);

        var (first, second) = (OfCatalogue[0].Framework, OfCatalogue[1].Framework);
        Assert.Equal(
            new[]
            {
                new RulesInForce(first.Key, first.Version, "1", changed.Hash, changed.Text, Noon.AddDays(1)),
                new RulesInForce(second.Key, second.Version, "1", null, null, Noon.AddDays(1)),
            }.OrderBy(entry => entry.Framework, StringComparer.Ordinal),
            entered);
        Assert.Equal([OfCatalogue[0].Hash, changed.Hash], (await ledger.ListRulesAsync(first.Key, Cancellation)).Select(entry => entry.Hash));
        Assert.Empty(await ledger.EnterRulesAsync([changed], "1", Noon.AddDays(2), Cancellation));
    }

    [Fact]
    public async Task EnterRules_OtherEngine_EntersThemAgain()
    {
        var ledger = OpenNew();
        await ledger.EnterRulesAsync(OfCatalogue[..1], "1", Noon, Cancellation);

        await ledger.EnterRulesAsync(OfCatalogue[..1], "2", Noon.AddDays(1), Cancellation);

        Assert.Equal(["1", "2"], (await ledger.ListRulesAsync(null, Cancellation)).Select(entry => entry.EngineVersion));
    }

    private static FrameworkRules Changed(FrameworkRules rules) => FrameworkRules.Of(
        rules.Framework with { Hysteresis = rules.Framework.Hysteresis with { Slots = rules.Framework.Hysteresis.Slots + 1 } },
        Catalogue.Indicators,
        Catalogue.Metrics);
}
