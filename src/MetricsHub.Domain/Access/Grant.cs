using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Domain.Access;

/// <summary>What a caller may do, and about whom.</summary>
/// <param name="Scopes">What.</param>
/// <param name="Organisations">Only about these and whatever is below them; null for all.</param>
/// <param name="Sources">Only about these; null for all.</param>
public sealed record Grant(Scopes Scopes, IReadOnlySet<OrganisationCode>? Organisations, IReadOnlySet<SourceKey>? Sources)
{
    public static readonly Grant Everything = new(Scopes.Read | Scopes.Write | Scopes.Declare | Scopes.Admin, null, null);

    /// <summary>Whether it holds every one of the scopes; <see cref="Scopes.Admin"/> holds all.</summary>
    public bool Allows(Scopes scopes) => Scopes.HasFlag(Scopes.Admin) || Scopes.HasFlag(scopes);

    public bool Covers(SourceKey source) => Sources?.Contains(source) ?? true;

    /// <summary>Whether an organisation is one of those named, or below one of them on a day.</summary>
    public bool Covers(OrganisationCode organisation, OrganisationTree tree, DateOnly date)
    {
        if (Organisations is null || Organisations.Contains(organisation))
        {
            return true;
        }

        var seen = new HashSet<OrganisationCode> { organisation };
        var next = tree.ParentOf(organisation, date)?.Parent;
        while (next is { } parent && seen.Add(parent))
        {
            if (Organisations.Contains(parent))
            {
                return true;
            }

            next = tree.ParentOf(parent, date)?.Parent;
        }

        return false;
    }
}
