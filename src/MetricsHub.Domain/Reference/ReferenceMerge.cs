using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Reference;

/// <summary>Something that a publication states and the catalogue says otherwise; the catalogue holds.</summary>
/// <param name="Subject">An organisation's code, or a date.</param>
/// <param name="Field">What they differ in: name, kind, valid-from, valid-to, title, date or successor.</param>
/// <param name="Catalogue">What the catalogue says; blank where it says nothing.</param>
/// <param name="Stated">What the publication says; blank where it leaves out what the catalogue has.</param>
/// <param name="Source">Which file says it.</param>
public sealed record ReferenceConflict(string Subject, string Field, string Catalogue, string Stated, string Source);

/// <summary>
/// The catalogue's own rows and what has been collected, made one: the rows win where both speak, and every place at which they differ is
/// told. What the rows do not know is added; nothing that was collected gives an organisation a parent.
/// </summary>
public sealed class ReferenceMerge
{
    private readonly List<ReferenceConflict> conflicts = [];

    private ReferenceMerge(
        IReadOnlyList<Organisation> organisations, IReadOnlyList<Succession> successions, IReadOnlyList<BankHoliday> bankHolidays, CollectedReference collected)
    {
        Organisations = [.. organisations, .. NewOrganisations(organisations.ToDictionary(organisation => organisation.Code), collected)];
        Successions = [.. successions, .. NewSuccessions(successions, collected)];
        BankHolidays = [.. bankHolidays, .. NewHolidays(bankHolidays.ToDictionary(holiday => holiday.Date), collected)];
    }

    public IReadOnlyList<Organisation> Organisations { get; }

    public IReadOnlyList<Succession> Successions { get; }

    public IReadOnlyList<BankHoliday> BankHolidays { get; }

    public IReadOnlyList<ReferenceConflict> Conflicts => conflicts;

    public static ReferenceMerge Of(
        IReadOnlyList<Organisation> organisations, IReadOnlyList<Succession> successions, IReadOnlyList<BankHoliday> bankHolidays, CollectedReference collected) =>
        new(organisations, successions, bankHolidays, collected);

    /// <summary>Of an organisation the newest publication that states it counts.</summary>
    private List<Organisation> NewOrganisations(Dictionary<OrganisationCode, Organisation> known, CollectedReference collected)
    {
        var newest = collected.Publications
            .SelectMany(publication => publication.Facts.Organisations.Select(fact => (Fact: fact, Source: SourceOf(publication))))
            .GroupBy(entry => entry.Fact.Code)
            .Select(code => code.Last())
            .OrderBy(entry => entry.Fact.Code);
        var added = new List<Organisation>();
        foreach (var (fact, source) in newest)
        {
            if (known.TryGetValue(fact.Code, out var organisation))
            {
                Compare(organisation, fact, source);
            }
            else
            {
                added.Add(new Organisation(fact.Code, fact.Name, fact.Kind, fact.Valid, null, source));
            }
        }

        return added;
    }

    private void Compare(Organisation organisation, OrganisationFact fact, string source)
    {
        var code = fact.Code.ToString();
        Differ(code, "name", organisation.Name, fact.Name, source, StringComparison.OrdinalIgnoreCase);
        Differ(code, "kind", organisation.Kind.ToString(), fact.Kind.ToString(), source);

        // An opening date that the catalogue leaves out contradicts nothing; a closure that it does not know of does.
        if (organisation.Valid.From is not null && fact.Valid.From is not null)
        {
            Differ(code, "valid-from", Text(organisation.Valid.From), Text(fact.Valid.From), source);
        }

        Differ(code, "valid-to", Text(organisation.Valid.To), Text(fact.Valid.To), source);
    }

    /// <summary>The catalogue speaks of an organisation's successors where it lists any: then no other is added.</summary>
    private List<Succession> NewSuccessions(IReadOnlyList<Succession> known, CollectedReference collected)
    {
        var successorsOf = known.ToLookup(succession => succession.Predecessor);
        var newest = collected.Publications
            .SelectMany(publication => publication.Facts.Successions.Select(fact => (Fact: fact, Source: SourceOf(publication))))
            .GroupBy(entry => (entry.Fact.Predecessor, entry.Fact.Successor))
            .Select(pair => pair.Last());
        var added = new List<Succession>();
        foreach (var (fact, source) in newest)
        {
            var listed = successorsOf[fact.Predecessor].ToList();
            if (listed.Count == 0)
            {
                added.Add(new Succession(fact.Predecessor, fact.Successor, fact.Date, Basis.Quoted, source, null));
            }
            else if (listed.Find(succession => succession.Successor == fact.Successor) is { } same)
            {
                Differ($"{fact.Predecessor} to {fact.Successor}", "date", Text(same.Date), Text(fact.Date), source);
            }
            else
            {
                Differ(fact.Predecessor.ToString(), "successor", string.Join(", ", listed.Select(succession => succession.Successor)), fact.Successor.ToString(), source);
            }
        }

        return added;
    }

    /// <summary>
    /// A file of bank holidays speaks of every year between its first and its last: of a year the newest file counts, and a holiday that
    /// it no longer has was moved. The catalogue's stay, and those it lacks are added: holidays are announced.
    /// </summary>
    private List<BankHoliday> NewHolidays(Dictionary<DateOnly, BankHoliday> known, CollectedReference collected)
    {
        var byYear = new SortedDictionary<int, (string Source, List<BankHolidayFact> Facts)>();
        foreach (var publication in collected.Publications.Where(publication => publication.Facts.BankHolidays.Count > 0))
        {
            var facts = publication.Facts.BankHolidays;
            for (var year = facts.Min(fact => fact.Date.Year); year <= facts.Max(fact => fact.Date.Year); year++)
            {
                byYear[year] = (SourceOf(publication), [.. facts.Where(fact => fact.Date.Year == year)]);
            }
        }

        var added = new List<BankHoliday>();
        foreach (var (year, (source, facts)) in byYear)
        {
            foreach (var fact in facts)
            {
                if (known.TryGetValue(fact.Date, out var holiday))
                {
                    Differ(Text(fact.Date), "title", holiday.Title, fact.Title, source);
                }
                else
                {
                    added.Add(new BankHoliday(fact.Date, fact.Title, source));
                }
            }

            var stated = facts.Select(fact => fact.Date).ToHashSet();
            foreach (var holiday in known.Values.Where(holiday => holiday.Date.Year == year && !stated.Contains(holiday.Date)))
            {
                Differ(Text(holiday.Date), "date", holiday.Title, "", source);
            }
        }

        return added;
    }

    private void Differ(string subject, string field, string catalogue, string stated, string source, StringComparison comparison = StringComparison.Ordinal)
    {
        if (!string.Equals(catalogue, stated, comparison))
        {
            conflicts.Add(new ReferenceConflict(subject, field, catalogue, stated, source));
        }
    }

    private static string SourceOf(PublishedFacts publication) => $"{publication.FileName} ({publication.Source})";

    private static string Text(DateOnly? date) => date is { } day ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "";
}
