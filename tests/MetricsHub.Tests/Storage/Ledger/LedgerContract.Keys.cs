using MetricsHub.Domain.Access;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

/// <summary>What every ledger has to do with the keys of callers, and with the list of actions.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task CreateKey_New_KeepsAllItIsToldAndTheAction()
    {
        var ledger = OpenNew();
        var version = ledger.Version;
        var key = NewKey("0a1b2c3d") with
        {
            Grant = new Grant(Scopes.Read | Scopes.Declare, new HashSet<OrganisationCode> { new("QXU"), new("QUY") }, new HashSet<SourceKey> { Monthly }),
        };

        Assert.True(await ledger.CreateKeyAsync(key, Cancellation));

        Assert.Equal(version + 1, ledger.Version);
        var kept = Assert.Single(await Reopen().ListKeysAsync(Cancellation));
        Assert.Equal(key, kept with { Grant = key.Grant });
        Assert.Equal(Scopes.Read | Scopes.Declare, kept.Grant.Scopes);
        Assert.Equal(["QUY", "QXU"], kept.Grant.Organisations!.Select(code => code.ToString()).Order());
        Assert.Equal([Monthly], kept.Grant.Sources);
        Assert.Equal(
            [new LedgerAction(Noon, "somebody", "create-key", "key 0a1b2c3d", "read, declare for A ward")], await Reopen().ListActionsAsync(10, Cancellation));
    }

    [Fact]
    public async Task CreateKey_LimitedToNothing_StaysLimitedToNothing()
    {
        var ledger = OpenNew();

        await ledger.CreateKeyAsync(NewKey("0a1b2c3d") with { Grant = new Grant(Scopes.Read, new HashSet<OrganisationCode>(), new HashSet<SourceKey>()) }, Cancellation);
        await ledger.CreateKeyAsync(NewKey("0a1b2c3e"), Cancellation);

        var kept = await ledger.ListKeysAsync(Cancellation);
        Assert.Equal((0, 0), (kept[0].Grant.Organisations?.Count, kept[0].Grant.Sources?.Count));
        Assert.Equal((null, null), (kept[1].Grant.Organisations, kept[1].Grant.Sources));
    }

    [Fact]
    public async Task CreateKey_IdThatIsThere_ChangesNothing()
    {
        var ledger = OpenNew();
        await ledger.CreateKeyAsync(NewKey("0a1b2c3d"), Cancellation);
        var version = ledger.Version;

        Assert.False(await ledger.CreateKeyAsync(NewKey("0a1b2c3d") with { Owner = "Another" }, Cancellation));

        Assert.Equal(version, ledger.Version);
        Assert.Equal("A ward", Assert.Single(await ledger.ListKeysAsync(Cancellation)).Owner);
        Assert.Single(await ledger.ListActionsAsync(10, Cancellation));
    }

    [Fact]
    public async Task RevokeKey_Twice_KeepsTheFirstEnd()
    {
        var ledger = OpenNew();
        await ledger.CreateKeyAsync(NewKey("0a1b2c3d"), Cancellation);

        var revoked = await ledger.RevokeKeyAsync("0a1b2c3d", Noon.AddHours(1), "else", Cancellation);
        var version = ledger.Version;
        var again = await ledger.RevokeKeyAsync("0a1b2c3d", Noon.AddHours(2), "third", Cancellation);

        Assert.Equal((Noon.AddHours(1), Noon.AddHours(1)), (revoked?.RevokedAt, again?.RevokedAt));
        Assert.Equal(version, ledger.Version);
        Assert.Null(await ledger.RevokeKeyAsync("ffffffff", Noon, "else", Cancellation));
        Assert.Equal(["revoke-key", "create-key"], (await Reopen().ListActionsAsync(10, Cancellation)).Select(action => action.Action));
    }

    [Fact]
    public async Task MarkKeyUsed_Again_KeepsTheLatestAndNoVersion()
    {
        var ledger = OpenNew();
        await ledger.CreateKeyAsync(NewKey("0a1b2c3d"), Cancellation);
        var version = ledger.Version;

        await ledger.MarkKeyUsedAsync("0a1b2c3d", Noon.AddMinutes(1), Cancellation);
        await ledger.MarkKeyUsedAsync("0a1b2c3d", Noon.AddMinutes(3), Cancellation);

        Assert.Equal(version, ledger.Version);
        Assert.Equal(Noon.AddMinutes(3), Assert.Single(await Reopen().ListKeysAsync(Cancellation)).LastUsedAt);
    }

    [Fact]
    public async Task ListActions_Before_GoesOnWhereAPageEnded()
    {
        var ledger = OpenNew();
        foreach (var id in (string[])["00000001", "00000002", "00000003"])
        {
            await ledger.CreateKeyAsync(NewKey(id), Cancellation);
        }

        var first = await ledger.ListActionsAsync(before: null, 2, Cancellation);
        var second = await ledger.ListActionsAsync(first[^1].Number, 2, Cancellation);

        Assert.Equal(["key 00000003", "key 00000002", "key 00000001"], first.Concat(second).Select(entry => entry.Action.Object));
    }

    [Fact]
    public async Task CheckActions_AsTheyWereEntered_AreWholeAndEachSealRestsOnTheOneBefore()
    {
        var ledger = OpenNew();
        Assert.Equal(new ActionChain(0, BrokenAt: null, Newest: null), await ledger.CheckActionsAsync(Cancellation));
        await ledger.CreateKeyAsync(NewKey("00000001"), Cancellation);
        await ledger.CreateKeyAsync(NewKey("00000002") with { Owner = "Ärzte\r\n\u2028und \ud83d\ude91" }, Cancellation);
        await ledger.RevokeKeyAsync("00000001", Noon.AddTicks(1_234_567), "else", Cancellation);

        var again = Reopen();
        var chain = await again.CheckActionsAsync(Cancellation);

        Assert.Equal((3, null), (chain.Sound, chain.BrokenAt));
        var actions = await again.ListActionsAsync(before: null, 10, Cancellation);
        Assert.Equal(chain.Newest, actions[0]);
        Assert.Equal("read for Ärzte   und \ud83d\ude91", actions[1].Action.Detail);
        Assert.Equal(3, actions.Select(action => action.Seal).Distinct().Count());
        Assert.Equal(ActionSeal.After(actions[1].Seal!, actions[0].Number, actions[0].Action), actions[0].Seal);
    }

    private static AccessKey NewKey(string id) =>
        new(id, new string('a', 64), "A ward", new Grant(Scopes.Read, null, null), Noon, "somebody", Noon.AddDays(90));
}
