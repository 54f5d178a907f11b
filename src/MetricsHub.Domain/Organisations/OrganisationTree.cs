using System.Collections.Frozen;

namespace MetricsHub.Domain.Organisations;

/// <summary>
/// The organisations and their dated parents. Every question takes a date: a trust's ICB in 2024 is not its ICB in 2026. What has no
/// parent at a date stays in the tree and is listed; it is never guessed into a sum.
/// </summary>
public sealed class OrganisationTree
{
    private readonly FrozenDictionary<OrganisationCode, Organisation> byCode;
    private readonly ILookup<OrganisationCode, ParentRelation> parentsOf;
    private readonly ILookup<OrganisationCode, ParentRelation> childrenOf;

    private readonly ILookup<OrganisationCode, Succession> successorsOf;
    private readonly ILookup<OrganisationCode, Succession> predecessorsOf;

    /// <exception cref="ArgumentException">Two organisations have one code.</exception>
    public OrganisationTree(
        IReadOnlyCollection<Organisation> organisations, IReadOnlyCollection<ParentRelation> relations, IReadOnlyCollection<Succession>? successions = null)
    {
        Successions = successions ?? [];
        successorsOf = Successions.ToLookup(succession => succession.Predecessor);
        predecessorsOf = Successions.ToLookup(succession => succession.Successor);
        byCode = organisations.ToDictionary(organisation => organisation.Code).ToFrozenDictionary();
        parentsOf = relations.ToLookup(relation => relation.Child);
        childrenOf = relations.ToLookup(relation => relation.Parent);
        All = [.. organisations.OrderBy(organisation => organisation.Kind).ThenBy(organisation => organisation.Code)];
        Relations = relations;
    }

    /// <summary>Every organisation that ever was, widest kind first, then by code.</summary>
    public IReadOnlyList<Organisation> All { get; }

    public IReadOnlyCollection<ParentRelation> Relations { get; }

    public IReadOnlyCollection<Succession> Successions { get; }

    public Organisation? Find(OrganisationCode code) => byCode.GetValueOrDefault(code);

    public IEnumerable<ParentRelation> ParentRelationsOf(OrganisationCode code) => parentsOf[code];

    /// <summary>To whom an organisation's work passed, by day and code; none where it goes on.</summary>
    public IEnumerable<Succession> SuccessorsOf(OrganisationCode code) =>
        successorsOf[code].OrderBy(succession => succession.Date).ThenBy(succession => succession.Successor);

    /// <summary>From whom an organisation's work came, by day and code.</summary>
    public IEnumerable<Succession> PredecessorsOf(OrganisationCode code) =>
        predecessorsOf[code].OrderBy(succession => succession.Date).ThenBy(succession => succession.Predecessor);

    /// <summary>The parent on a day, or null where no relation is known for it.</summary>
    public ParentRelation? ParentOf(OrganisationCode code, DateOnly date) =>
        parentsOf[code].FirstOrDefault(relation => relation.Valid.Contains(date));

    /// <summary>The organisations whose parent on a day is the given one, and that are open on it; by code.</summary>
    public IEnumerable<Organisation> ChildrenOf(OrganisationCode code, DateOnly date) =>
        childrenOf[code]
            .Where(relation => relation.Valid.Contains(date))
            .Select(relation => byCode[relation.Child])
            .Where(child => child.Valid.Contains(date))
            .OrderBy(child => child.Code);

    /// <summary>Everything below an organisation on a day, at any depth; the organisation itself is not part of it.</summary>
    public IEnumerable<Organisation> DescendantsOf(OrganisationCode code, DateOnly date) =>
        ChildrenOf(code, date).SelectMany(child => DescendantsOf(child.Code, date).Prepend(child));

    /// <summary>Everything that was below an organisation on any day, each once.</summary>
    public IReadOnlySet<OrganisationCode> EverBelow(OrganisationCode code)
    {
        var found = new HashSet<OrganisationCode>();
        var open = new Queue<OrganisationCode>([code]);
        while (open.TryDequeue(out var next))
        {
            foreach (var relation in childrenOf[next].Where(relation => found.Add(relation.Child)))
            {
                open.Enqueue(relation.Child);
            }
        }

        return found;
    }

    /// <summary>The dates on which somebody below an organisation comes, goes or moves, each once, in order.</summary>
    public IReadOnlyList<DateOnly> DatesOfChange(OrganisationCode code)
    {
        var below = EverBelow(code);
        var spans = below.Where(byCode.ContainsKey).Select(child => byCode[child].Valid)
            .Concat(below.SelectMany(child => parentsOf[child]).Select(relation => relation.Valid));
        return [.. spans.SelectMany(span => new[] { span.From, span.To }).OfType<DateOnly>().Distinct().Order()];
    }

    /// <summary>The organisations open on a day that have no parent then, save the nation, which has none by nature.</summary>
    public IEnumerable<Organisation> WithoutParent(DateOnly date) =>
        All.Where(organisation => organisation.Kind != OrganisationKind.Nation
            && organisation.Valid.Contains(date)
            && ParentOf(organisation.Code, date) is null);
}
