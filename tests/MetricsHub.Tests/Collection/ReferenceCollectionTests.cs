using System.Text;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>Facts on the whole way: from a file through archive and ledger into the next start's catalogue.</summary>
public sealed class ReferenceCollectionTests
{
    private static readonly SourceKey Holidays = new("govuk-bank-holidays");
    private static readonly SourceKey Organisations = new("ods-organisations");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BankHoliday_Announced_IsKnownAfterTheNextStartBesideTheHistory()
    {
        await using var hub = TestHub.Empty();
        var coronation = new DateOnly(2028, 5, 8);
        hub.Drop(Holidays, "bank-holidays.json", """{ "england-and-wales": { "events": [{ "title": "Coronation", "date": "2028-05-08" }] } }"""u8.ToArray());

        var run = await hub.Collector.CollectAsync(Holidays, Cancellation);
        Assert.Equal((RunOutcome.Succeeded, 1), (run.Outcome, run.Stored));
        Assert.False(hub.Catalogue.BankHolidays.Contains(coronation));

        await hub.RestartAsync();
        Assert.True(hub.Catalogue.BankHolidays.Contains(coronation));
        Assert.True(hub.Catalogue.BankHolidays.Contains(new DateOnly(2024, 12, 25)));
        Assert.Equal(await hub.Ledger.ListReferenceArrivalsAsync(Cancellation), hub.Catalogue.Reference.NewestArrivals);
    }

    [Fact]
    public async Task Organisation_TheCatalogueLacks_IsKnownAfterTheNextStartWithoutAParent()
    {
        await using var hub = TestHub.Empty();
        hub.Drop(Organisations, "RZZ.json", Record("RZZ", "NEW TRUST"));
        hub.Drop(Organisations, "RTP.json", Record("RTP", "ANOTHER NAME"));

        await hub.Collector.CollectAsync(Organisations, Cancellation);
        await hub.RestartAsync();

        var tree = hub.Catalogue.Organisations;
        var added = tree.Find(new OrganisationCode("RZZ"))!;
        Assert.Equal(("NEW TRUST", "RZZ.json (ods-organisations)"), (added.Name, added.Source));
        Assert.Null(tree.ParentOf(added.Code, new DateOnly(2026, 11, 22)));
        var conflict = Assert.Single(hub.Catalogue.Reference.Conflicts);
        Assert.Equal(("RTP", "name", "ANOTHER NAME"), (conflict.Subject, conflict.Field, conflict.Stated));
        Assert.Equal(conflict.Catalogue, tree.Find(new OrganisationCode("RTP"))!.Name);
    }

    private static byte[] Record(string code, string name) => Encoding.UTF8.GetBytes(
        $$"""{"Organisation":{"Name":"{{name}}","OrgId":{"extension":"{{code}}"},"Roles":{"Role":[{"id":"RO197","primaryRole":true}]} } }""");
}
