using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Reference;

public sealed class ReferenceMergeTests
{
    private static readonly DateOnly April = new(2026, 4, 1);
    private static readonly OrganisationCode A = new("A1");
    private static readonly OrganisationCode B = new("B1");
    private static readonly OrganisationCode C = new("C1");

    [Fact]
    public void Organisation_TheCatalogueLacks_IsAdded()
    {
        var merged = Merge([Known(A)], [], [], Organisations(1, Fact(B, "Bravo", new DateSpan(April, null))));

        var added = Assert.Single(merged.Organisations, organisation => organisation.Code == B);
        Assert.Equal(("Bravo", OrganisationKind.Provider, new DateSpan(April, null), "1.json (ods)"), (added.Name, added.Kind, added.Valid, added.Source));
        Assert.Empty(merged.Conflicts);
    }

    [Fact]
    public void Organisation_BothSpeakOf_StaysTheCataloguesAndIsTold()
    {
        var merged = Merge([Known(A)], [], [], Organisations(1, Fact(A, "Alpha and Sons", new DateSpan(null, April))));

        Assert.Equal(Known(A), Assert.Single(merged.Organisations));
        Assert.Equal(
            [new ReferenceConflict("A1", "name", "Alpha", "Alpha and Sons", "1.json (ods)"), new ReferenceConflict("A1", "valid-to", "", "2026-04-01", "1.json (ods)")],
            merged.Conflicts);
    }

    [Fact]
    public void Organisation_InCapitalsAndWithAnOpeningDate_IsNoConflict() =>
        Assert.Empty(Merge([Known(A)], [], [], Organisations(1, Fact(A, "ALPHA", new DateSpan(new DateOnly(2001, 4, 1), null)))).Conflicts);

    [Fact]
    public void Organisation_StatedTwice_IsThatOfTheLaterRelease()
    {
        var merged = Merge([], [], [], Organisations(2, Fact(A, "New", DateSpan.Always)), Organisations(1, Fact(A, "Old", DateSpan.Always)));

        Assert.Equal("New", Assert.Single(merged.Organisations).Name);
    }

    [Fact]
    public void Succession_OfAPredecessorTheCatalogueIsSilentOn_IsAddedOnce()
    {
        var both = new SuccessionFact(A, B, April);

        var merged = Merge([Known(A)], [], [], Successions(1, both), Successions(2, both));

        Assert.Equal(new Succession(A, B, April, Basis.Quoted, "2.json (ods)", null), Assert.Single(merged.Successions));
    }

    [Fact]
    public void Succession_OfAPredecessorTheCatalogueSpeaksOf_IsToldAndNotAdded()
    {
        var known = new Succession(A, B, April, Basis.Inferred, "test", "because");

        var merged = Merge([], [known], [], Successions(1, new SuccessionFact(A, B, April.AddDays(1)), new SuccessionFact(A, C, April)));

        Assert.Equal(known, Assert.Single(merged.Successions));
        Assert.Equal(["date", "successor"], merged.Conflicts.Select(conflict => conflict.Field));
    }

    [Fact]
    public void BankHolidays_OfFilesThatOverlap_AreThoseOfTheNewestOfEachYear()
    {
        var merged = Merge(
            [], [], [],
            Holidays(1, "2025-12-25 Christmas", "2026-05-04 May", "2026-12-25 Christmas"),
            Holidays(2, "2026-05-08 May, moved", "2026-12-25 Christmas", "2027-01-01 New Year"));

        Assert.Equal(["2025-12-25", "2026-05-08", "2026-12-25", "2027-01-01"], merged.BankHolidays.Select(holiday => $"{holiday.Date:yyyy-MM-dd}"));
    }

    [Fact]
    public void BankHolidays_OfTheCatalogue_StayAndDifferencesAreTold()
    {
        var merged = Merge([], [], [Holiday("2026-05-04", "May"), Holiday("2026-12-25", "Christmas")], Holidays(1, "2026-05-08 May", "2026-12-25 Noel"));

        Assert.Equal(["2026-05-04", "2026-12-25", "2026-05-08"], merged.BankHolidays.Select(holiday => $"{holiday.Date:yyyy-MM-dd}"));
        Assert.Equal([("2026-12-25", "title"), ("2026-05-04", "date")], merged.Conflicts.Select(conflict => (conflict.Subject, conflict.Field)));
    }

    private static ReferenceMerge Merge(Organisation[] organisations, Succession[] successions, BankHoliday[] holidays, params PublishedFacts[] publications) =>
        ReferenceMerge.Of(organisations, successions, holidays, new CollectedReference(publications));

    private static Organisation Known(OrganisationCode code) => new(code, "Alpha", OrganisationKind.Provider, DateSpan.Always, null, "test");

    private static OrganisationFact Fact(OrganisationCode code, string name, DateSpan valid) => new(code, name, OrganisationKind.Provider, valid);

    private static BankHoliday Holiday(string date, string title) => new(DateOnly.ParseExact(date, "yyyy-MM-dd"), title, "test");

    private static PublishedFacts Organisations(int arrival, params OrganisationFact[] facts) => Published(arrival, new ReferenceFacts([], facts, []));

    private static PublishedFacts Successions(int arrival, params SuccessionFact[] facts) => Published(arrival, new ReferenceFacts([], [], facts));

    private static PublishedFacts Holidays(int arrival, params string[] facts) => Published(
        arrival, new ReferenceFacts([.. facts.Select(fact => new BankHolidayFact(DateOnly.ParseExact(fact[..10], "yyyy-MM-dd"), fact[11..]))], [], []));

    private static PublishedFacts Published(int arrival, ReferenceFacts facts) =>
        new(new SourceKey("ods"), $"{arrival}.json", new ReleaseOrder(null, 0, arrival), facts);
}
