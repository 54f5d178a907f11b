using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>The calendar by which an organisation's service is open, over a span of days.</summary>
/// <param name="ServiceDomain">The key of the service domain; what else the organisation does has other hours.</param>
/// <param name="Source">Which file states it.</param>
public sealed record OpeningRelation(OrganisationCode Organisation, string ServiceDomain, Calendar Calendar, DateSpan Valid, string Source);

/// <summary>The opening hours that are known. A service without any is taken to be open always, so that nothing of it reads as closed.</summary>
public sealed class OpeningHours(IReadOnlyCollection<OpeningRelation> relations)
{
    public static readonly OpeningHours None = new([]);

    private static readonly IReadOnlyList<OpeningRelation> Unknown = [];

    private readonly Dictionary<(OrganisationCode, string), IReadOnlyList<OpeningRelation>> byService = relations
        .GroupBy(relation => (relation.Organisation, relation.ServiceDomain))
        .ToDictionary(service => service.Key, service => (IReadOnlyList<OpeningRelation>)[.. service]);

    private readonly HashSet<string> domains = [.. relations.Select(relation => relation.ServiceDomain)];

    public IReadOnlyCollection<OpeningRelation> Relations { get; } = relations;

    /// <summary>Whether any organisation's hours are known in a service domain.</summary>
    public bool AnyIn(string serviceDomain) => domains.Contains(serviceDomain);

    /// <summary>Everything that is known of a service's hours: the same list at every call, so that what follows from it can be kept.</summary>
    public IReadOnlyList<OpeningRelation> Of(OrganisationCode organisation, string serviceDomain) =>
        byService.GetValueOrDefault((organisation, serviceDomain), Unknown);
}
