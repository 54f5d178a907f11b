using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

/// <summary>What every ledger has to do with the levels that people declare.</summary>
public abstract partial class LedgerContract
{
    private static readonly OrganisationCode Surrey = new("QXU");

    [Fact]
    public async Task Declare_NewKey_KeepsAllItIsToldAndTheAction()
    {
        var ledger = OpenNew();
        var version = ledger.Version;

        var declared = await ledger.DeclareAsync(NewOne("a"), Cancellation);

        Assert.Equal(new Declaration(declared.Number, Surrey, "local", 4, "Two wards closed", "somebody", Noon, Noon.AddHours(8)), declared);
        Assert.Equal(version + 1, ledger.Version);
        var reopened = Reopen();
        Assert.Equal([declared], await reopened.ListDeclarationsAsync(Surrey, null, Cancellation));
        Assert.Equal(declared, await reopened.FindDeclarationAsync(Surrey, "a", Cancellation));
        Assert.Equal(
            [new LedgerAction(Noon, "somebody", "declare", $"QXU/{declared.Number}", "level 4")], await reopened.ListActionsAsync(10, Cancellation));
    }

    [Fact]
    public async Task Declare_KeyThatWasThere_ReturnsTheEarlierOneAndChangesNothing()
    {
        var ledger = OpenNew();
        var first = await ledger.DeclareAsync(NewOne("a"), Cancellation);
        var version = ledger.Version;

        var again = await ledger.DeclareAsync(NewOne("a") with { Level = 2, DeclaredAt = Noon.AddHours(1) }, Cancellation);
        var elsewhere = await ledger.DeclareAsync(NewOne("a") with { Organisation = new OrganisationCode("QUY") }, Cancellation);

        Assert.Equal(first, again);
        Assert.Equal(version + 1, ledger.Version);
        Assert.True(elsewhere.Number > first.Number);
        Assert.True(NewOne("a").Says(again) && !(NewOne("a") with { Level = 2 }).Says(again));
    }

    [Fact]
    public async Task EndDeclaration_Standing_IsARecordOfItsOwnAndTheFirstEndStands()
    {
        var ledger = OpenNew();
        var declared = await ledger.DeclareAsync(NewOne("a"), Cancellation);
        var ending = new DeclarationEnding(Noon.AddHours(2), "else", "Wards open again");

        var ended = await ledger.EndDeclarationAsync(declared.Number, ending, Cancellation);
        var version = ledger.Version;
        var again = await ledger.EndDeclarationAsync(declared.Number, ending with { At = Noon.AddHours(3), Reason = "Another" }, Cancellation);

        Assert.Equal(declared with { Ending = ending }, ended);
        Assert.Equal(ended, again);
        Assert.Equal(version, ledger.Version);
        Assert.Equal(["end-declaration", "declare"], (await Reopen().ListActionsAsync(10, Cancellation)).Select(action => action.Action));
    }

    [Fact]
    public async Task EndDeclaration_OfNone_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenNew().EndDeclarationAsync(7, new DeclarationEnding(Noon, "else", "None"), Cancellation));

    [Fact]
    public async Task ListDeclarations_AsOf_KnowsWhatWasDeclaredAndEndedByThen()
    {
        var ledger = OpenNew();
        var first = await ledger.DeclareAsync(NewOne("a"), Cancellation);
        await ledger.EndDeclarationAsync(first.Number, new DeclarationEnding(Noon.AddHours(2), "else", "Wards open again"), Cancellation);
        await ledger.DeclareAsync(NewOne("b") with { Framework = null, DeclaredAt = Noon.AddHours(3) }, Cancellation);
        await ledger.DeclareAsync(NewOne("c") with { Organisation = new OrganisationCode("QUY"), DeclaredAt = Noon.AddHours(-1) }, Cancellation);

        Assert.Empty(await ledger.ListDeclarationsAsync(Surrey, Noon.AddTicks(-10), Cancellation));
        Assert.Equal([first], await ledger.ListDeclarationsAsync(Surrey, Noon.AddHours(1), Cancellation));
        Assert.NotNull(Assert.Single(await ledger.ListDeclarationsAsync(Surrey, Noon.AddHours(2), Cancellation)).Ending);
        Assert.Equal([("QUY", "local"), ("QXU", "local"), ("QXU", null)],
            (await ledger.ListDeclarationsAsync(null, null, Cancellation)).Select(declaration => (declaration.Organisation.ToString(), declaration.Framework)));
    }

    private static NewDeclaration NewOne(string key) => new(Surrey, "local", 4, "Two wards closed", "somebody", Noon, Noon.AddHours(8), key);
}
