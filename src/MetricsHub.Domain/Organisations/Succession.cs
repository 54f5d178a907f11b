namespace MetricsHub.Domain.Organisations;

/// <summary>
/// What one organisation did passed to another on a day: all of it or a part, so that a predecessor can have several successors and a
/// successor several predecessors. It sums nothing and moves no figure; it says where to look before and after a merger.
/// </summary>
/// <param name="Date">The successor's first day.</param>
/// <param name="Source">Which file states it, or what it was concluded from.</param>
/// <param name="Reason">Why; required where the succession is inferred.</param>
public sealed record Succession(
    OrganisationCode Predecessor,
    OrganisationCode Successor,
    DateOnly Date,
    Basis Basis,
    string Source,
    string? Reason);
