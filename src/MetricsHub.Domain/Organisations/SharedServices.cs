using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Organisations;

/// <summary>
/// One organisation serves a system over a span of days, beside others that it may serve: an NHS 111 contract, an ambulance trust. Its
/// figure is that of all of them together: shown at each as shared, never split among them and never summed into one.
/// </summary>
/// <param name="ServiceDomain">The key of the service domain in which it serves the system; what else it does is not shared.</param>
/// <param name="Reason">Why; required where the relation is inferred.</param>
public sealed record ServiceRelation(
    OrganisationCode Provider,
    OrganisationCode System,
    string ServiceDomain,
    DateSpan Valid,
    Basis Basis,
    string Source,
    string? Reason);

/// <summary>Who serves which systems on which days: many to many, and apart from the tree, whose sums they must not enter.</summary>
public sealed class SharedServices(IReadOnlyCollection<ServiceRelation> relations)
{
    private readonly ILookup<OrganisationCode, ServiceRelation> byProvider = relations.ToLookup(relation => relation.Provider);
    private readonly ILookup<OrganisationCode, ServiceRelation> bySystem = relations.ToLookup(relation => relation.System);

    public IReadOnlyCollection<ServiceRelation> Relations { get; } = relations;

    /// <summary>The systems that an organisation serves on a day, by code.</summary>
    public IEnumerable<ServiceRelation> ServedOn(OrganisationCode provider, DateOnly date) =>
        byProvider[provider].Where(relation => relation.Valid.Contains(date)).OrderBy(relation => relation.System);

    /// <summary>The organisations that serve a system on any day, each once.</summary>
    public IEnumerable<OrganisationCode> EverServing(OrganisationCode system) => bySystem[system].Select(relation => relation.Provider).Distinct();

    /// <summary>The dates on which one of some organisations begins or ends to serve a system, each once.</summary>
    public IEnumerable<DateOnly> DatesOfChange(IEnumerable<OrganisationCode> providers) =>
        providers.SelectMany(provider => byProvider[provider])
            .SelectMany(relation => new[] { relation.Valid.From, relation.Valid.To })
            .OfType<DateOnly>()
            .Distinct();

    /// <summary>Whether an organisation serves a system in a service domain on a day.</summary>
    public bool Serves(OrganisationCode provider, OrganisationCode system, string serviceDomain, DateOnly date) =>
        byProvider[provider].Any(relation => relation.System == system && relation.ServiceDomain == serviceDomain && relation.Valid.Contains(date));

    /// <summary>The organisations that serve a system on a day, by code.</summary>
    public IEnumerable<ServiceRelation> ServingOn(OrganisationCode system, DateOnly date) =>
        bySystem[system].Where(relation => relation.Valid.Contains(date)).OrderBy(relation => relation.Provider);
}
