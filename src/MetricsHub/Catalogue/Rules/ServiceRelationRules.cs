using FluentValidation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Catalogue.Rules;

internal sealed class ServiceRowRules : AbstractValidator<ServiceRow>
{
    public ServiceRowRules()
    {
        RuleFor(row => row.ValidFrom).IsDateOrBlank();
        RuleFor(row => row.ValidTo).IsDateOrBlank();
        RuleFor(row => row.ValidTo).Must((row, _) => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after valid_from");
        RuleFor(row => row.Basis).IsOneOf(CatalogueWords.Bases.Keys);
        RuleFor(row => row.Source).Required();
        RuleFor(row => row.Reason).Required().When(row => row.Basis == Basis.Inferred.ToWord())
            .WithMessage("is required where the basis is inferred");
    }
}

/// <summary>Providers serve systems, both exist for as long as the one serves the other, and nothing is said twice of a day.</summary>
internal static class ServiceRelationRules
{
    public static IEnumerable<CatalogueError> Check(IReadOnlyList<OrganisationRow> organisations, IReadOnlyList<ServiceRow> services, HashSet<string> domains)
    {
        var known = organisations
            .Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo))
            .GroupBy(row => row.Code)
            .ToDictionary(group => group.Key, group => group.First());
        var earlier = new Dictionary<(string, string, string), List<ServiceRow>>();
        foreach (var relation in services.Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo)))
        {
            foreach (var error in Members(relation, known))
            {
                yield return error;
            }

            if (!domains.Contains(relation.ServiceDomain))
            {
                yield return Error(relation, "service_domain", $"unknown service domain '{relation.ServiceDomain}'");
            }

            var pair = (relation.Provider, relation.System, relation.ServiceDomain);
            var before = earlier.TryGetValue(pair, out var list) ? list : earlier[pair] = [];
            foreach (var other in before.Where(other => Span(other).Overlaps(Span(relation))))
            {
                yield return Error(relation, "valid_from", $"that '{relation.Provider}' serves '{relation.System}' stands already in row {other.Row}");
            }

            before.Add(relation);
        }
    }

    private static IEnumerable<CatalogueError> Members(ServiceRow relation, Dictionary<string, OrganisationRow> known)
    {
        (string Column, string Code, OrganisationKind Kind)[] members =
            [("provider", relation.Provider, OrganisationKind.Provider), ("system", relation.System, OrganisationKind.System)];
        foreach (var (column, code, kind) in members)
        {
            if (known.GetValueOrDefault(code) is not { } organisation)
            {
                yield return Error(relation, column, $"unknown organisation '{code}'");
                continue;
            }

            var open = CatalogueWords.ToSpan(organisation.ValidFrom, organisation.ValidTo);
            if (!open.Contains(Span(relation)))
            {
                yield return Error(relation, column, $"'{code}' does not exist on every day of the relation ({Span(relation)}): it is valid {open}");
            }

            if (organisation.Kind != kind.ToWord())
            {
                yield return Error(relation, column, $"'{code}' is a {organisation.Kind}: expected a {kind.ToWord()}");
            }
        }
    }

    private static DateSpan Span(ServiceRow row) => CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo);

    private static CatalogueError Error(ServiceRow row, string column, string message) =>
        new(CatalogueReader.ServicesName, $"row {row.Row}, {column}", message);
}
