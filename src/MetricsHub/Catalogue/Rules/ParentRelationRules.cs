using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Catalogue.Rules;

/// <summary>Parents exist for as long as they are parents, are wider than their children, and a child has one at a time.</summary>
internal static class ParentRelationRules
{
    public static IEnumerable<CatalogueError> Check(IReadOnlyList<OrganisationRow> organisations, IReadOnlyList<ParentRow> parents)
    {
        var known = organisations
            .Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo) && CatalogueWords.OrganisationKinds.ContainsKey(row.Kind))
            .GroupBy(row => row.Code)
            .ToDictionary(group => group.Key, group => group.First());
        var earlierOfChild = new Dictionary<string, List<ParentRow>>();

        foreach (var relation in parents.Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo)))
        {
            foreach (var error in Members(relation, known))
            {
                yield return error;
            }

            var earlier = earlierOfChild.TryGetValue(relation.Child, out var list) ? list : earlierOfChild[relation.Child] = [];
            foreach (var other in earlier.Where(other => Span(other).Overlaps(Span(relation))))
            {
                yield return Error(relation, "valid_from", $"'{relation.Child}' has two parents at once: see row {other.Row}");
            }

            earlier.Add(relation);
        }
    }

    private static IEnumerable<CatalogueError> Members(ParentRow relation, Dictionary<string, OrganisationRow> known)
    {
        var child = known.GetValueOrDefault(relation.Child);
        var parent = known.GetValueOrDefault(relation.Parent);
        foreach (var (column, code, organisation) in new[] { ("child", relation.Child, child), ("parent", relation.Parent, parent) })
        {
            if (organisation is null)
            {
                yield return Error(relation, column, $"unknown organisation '{code}'");
            }
            else if (!CatalogueWords.ToSpan(organisation.ValidFrom, organisation.ValidTo).Contains(Span(relation)))
            {
                yield return Error(
                    relation, column,
                    $"'{code}' does not exist on every day of the relation ({Span(relation)}): it is valid {CatalogueWords.ToSpan(organisation.ValidFrom, organisation.ValidTo)}");
            }
        }

        if (child is not null && parent is not null && CatalogueFolders.IsSimulated(child.File) != CatalogueFolders.IsSimulated(parent.File))
        {
            yield return Error(relation, "parent", "a simulated organisation and a real one are never related: their figures would be summed");
        }

        if (child is not null && parent is not null && KindOf(parent) >= KindOf(child))
        {
            yield return Error(relation, "parent", $"a {parent.Kind} cannot be the parent of a {child.Kind}");
        }
    }

    private static OrganisationKind KindOf(OrganisationRow row) => CatalogueWords.OrganisationKinds[row.Kind];

    private static DateSpan Span(ParentRow row) => CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo);

    private static CatalogueError Error(ParentRow row, string column, string message) =>
        new(row.File, $"row {row.Row}, {column}", message);
}
