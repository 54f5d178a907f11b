using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Organisations;

/// <summary>Whether a publisher states a relation, or somebody concluded it.</summary>
public enum Basis
{
    Quoted,
    Inferred,
}

/// <summary>One organisation's administrative parent over a span of days; an organisation has at most one at a date.</summary>
/// <param name="Reason">Why this parent; required where the relation is inferred.</param>
public sealed record ParentRelation(
    OrganisationCode Child,
    OrganisationCode Parent,
    DateSpan Valid,
    Basis Basis,
    string Source,
    string? Reason);
