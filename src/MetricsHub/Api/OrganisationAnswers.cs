using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Api;

/// <summary>An organisation.</summary>
/// <param name="Code">Its ODS code.</param>
/// <param name="Name">Its name; null where the catalogue does not know the code.</param>
/// <param name="Kind">nation, region, system (ICB), place, provider, practice or site; null where the catalogue does not know the code.</param>
/// <param name="ValidFrom">The first day on which the code is open; null where no publisher states one.</param>
/// <param name="ValidTo">The first day on which it is no longer open; null where no publisher states one.</param>
/// <param name="OnsCode">The Office for National Statistics' code of the area, where there is one.</param>
/// <param name="Parent">The parent on the day asked for; null where none is known.</param>
/// <param name="Source">Which publisher's file states the organisation; or that none does, and figures are stated for the code all the same.</param>
/// <param name="Simulated">Whether it is made up: nothing that is stated of it is real.</param>
internal sealed record OrganisationItem(
    string Code, string? Name, string? Kind, DateOnly? ValidFrom, DateOnly? ValidTo, string? OnsCode, ParentItem? Parent, string Source, bool Simulated)
{
    public static OrganisationItem Of(Organisation organisation, OrganisationTree tree, DateOnly date) => new(
        organisation.Code.ToString(),
        organisation.Name,
        organisation.Kind.ToWord(),
        organisation.Valid.From,
        organisation.Valid.To,
        organisation.OnsCode,
        tree.ParentOf(organisation.Code, date) is { } relation ? ParentItem.Of(relation) : null,
        organisation.Source,
        organisation.Simulated);

    /// <summary>A code that statements use and nothing is known of.</summary>
    public static OrganisationItem OfUncatalogued(OrganisationCode code, HubCatalogue catalogue) => new(
        code.ToString(), null, null, null, null, null, null, "Not in the catalogue: figures are stated for this code, and in no sum over systems.", catalogue.IsSimulated(code));
}

/// <summary>An organisation's parent over a span of days.</summary>
/// <param name="Code">The parent's code.</param>
/// <param name="ValidFrom">The first day of the relation; null where it is not known.</param>
/// <param name="ValidTo">The first day on which it no longer holds; null where it is open.</param>
/// <param name="Basis">quoted: a publisher states it; inferred: somebody concluded it.</param>
/// <param name="Reason">Why this parent; given where the relation is inferred.</param>
/// <param name="Source">Which file states it, or what it was concluded from.</param>
internal sealed record ParentItem(string Code, DateOnly? ValidFrom, DateOnly? ValidTo, string Basis, string? Reason, string Source)
{
    public static ParentItem Of(ParentRelation relation) => new(
        relation.Parent.ToString(), relation.Valid.From, relation.Valid.To, relation.Basis.ToWord(), relation.Reason, relation.Source);
}

/// <summary>The organisations of a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Items">Widest kind first, then by code.</param>
/// <param name="Next">Always null: the list comes in one piece.</param>
internal sealed record OrganisationsAnswer(DateOnly Date, IReadOnlyList<OrganisationItem> Items, string? Next);

/// <summary>An organisation with all it was ever below and what is below it.</summary>
/// <param name="Organisation">The organisation itself.</param>
/// <param name="Date">The day for which parent and children are given.</param>
/// <param name="Parents">Every parent it ever had, oldest first.</param>
/// <param name="Children">The open organisations directly below it on the day, by code.</param>
/// <param name="Predecessors">From whom its work came, in whole or in part, by day.</param>
/// <param name="Successors">To whom its work passed, in whole or in part, by day.</param>
/// <param name="ServedBy">Who serves the system on the day beside what is below it; their figures are shared with others that they serve.</param>
/// <param name="Serves">Which systems it serves on the day; its figures are those of all of them together, never split and never summed.</param>
internal sealed record OrganisationAnswer(
    OrganisationItem Organisation,
    DateOnly Date,
    IReadOnlyList<ParentItem> Parents,
    IReadOnlyList<OrganisationItem> Children,
    IReadOnlyList<SuccessionItem> Predecessors,
    IReadOnlyList<SuccessionItem> Successors,
    IReadOnlyList<ServiceItem> ServedBy,
    IReadOnlyList<ServiceItem> Serves)
{
    public static OrganisationAnswer Of(Organisation organisation, OrganisationTree tree, SharedServices services, DateOnly date) => new(
        OrganisationItem.Of(organisation, tree, date),
        date,
        [.. tree.ParentRelationsOf(organisation.Code).OrderBy(relation => relation.Valid.From ?? DateOnly.MinValue).Select(ParentItem.Of)],
        [.. tree.ChildrenOf(organisation.Code, date).Select(child => OrganisationItem.Of(child, tree, date))],
        [.. tree.PredecessorsOf(organisation.Code).Select(succession => SuccessionItem.Of(succession, succession.Predecessor, tree))],
        [.. tree.SuccessorsOf(organisation.Code).Select(succession => SuccessionItem.Of(succession, succession.Successor, tree))],
        [.. services.ServingOn(organisation.Code, date).Select(relation => ServiceItem.Of(relation, relation.Provider, tree))],
        [.. services.ServedOn(organisation.Code, date).Select(relation => ServiceItem.Of(relation, relation.System, tree))]);
}

/// <summary>The other side of a succession. It moves no figure: what was stated for a predecessor stays its own.</summary>
/// <param name="Code">Its ODS code.</param>
/// <param name="Name">Its name; null where the catalogue does not know the code.</param>
/// <param name="Date">The successor's first day.</param>
/// <param name="Basis">quoted: a publisher states it; inferred: somebody concluded it.</param>
/// <param name="Reason">Why; given where the succession is inferred.</param>
/// <param name="Source">Which file states it, or what it was concluded from.</param>
internal sealed record SuccessionItem(string Code, string? Name, DateOnly Date, string Basis, string? Reason, string Source)
{
    public static SuccessionItem Of(Succession succession, OrganisationCode other, OrganisationTree tree) => new(
        other.ToString(), tree.Find(other)?.Name, succession.Date, succession.Basis.ToWord(), succession.Reason, succession.Source);
}

/// <summary>The other side of a relation in which one organisation serves several systems.</summary>
/// <param name="Code">Its ODS code, or the code of its contract.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The service domain of the figures that are shared.</param>
/// <param name="ValidFrom">The first day of the relation; null where it is not known.</param>
/// <param name="ValidTo">The first day on which it no longer holds; null where it is open.</param>
/// <param name="Basis">quoted: a publisher states it; inferred: somebody concluded it.</param>
/// <param name="Reason">Why; given where the relation is inferred.</param>
/// <param name="Source">Which file states it, or what it was concluded from.</param>
internal sealed record ServiceItem(
    string Code, string Name, string ServiceDomain, DateOnly? ValidFrom, DateOnly? ValidTo, string Basis, string? Reason, string Source)
{
    public static ServiceItem Of(ServiceRelation relation, OrganisationCode other, OrganisationTree tree) => new(
        other.ToString(), tree.Find(other)!.Name, relation.ServiceDomain, relation.Valid.From, relation.Valid.To, relation.Basis.ToWord(), relation.Reason, relation.Source);
}

/// <summary>An organisation named beside something else.</summary>
/// <param name="Code">Its ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">nation, region, system (ICB), place, provider, practice or site.</param>
/// <param name="Simulated">Whether it is made up: nothing that is stated of it is real, and no level of it either.</param>
internal sealed record OrganisationName(string Code, string Name, string Kind, bool Simulated)
{
    public static OrganisationName Of(Organisation organisation) => new(organisation.Code.ToString(), organisation.Name, organisation.Kind.ToWord(), organisation.Simulated);
}

/// <summary>What no sum over systems holds: open organisations without a known parent, and codes that the catalogue does not know.</summary>
/// <param name="Date">The day on which the tree was read.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Organisations">Their codes; last those that figures are stated for and the catalogue does not know.</param>
internal sealed record WithoutParent(DateOnly Date, int Count, IReadOnlyList<string> Organisations)
{
    public static WithoutParent On(DateOnly date, OrganisationTree tree, IReadOnlyList<OrganisationCode> uncatalogued)
    {
        string[] codes = [.. tree.WithoutParent(date).Select(organisation => organisation.Code).Concat(uncatalogued).Select(code => code.ToString())];
        return new WithoutParent(date, codes.Length, codes);
    }
}
