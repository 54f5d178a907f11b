using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>
/// The days on which one version of a framework judges an organisation and everything below it, in place of the version's own: systems
/// change from one version to the next on days of their own.
/// </summary>
/// <param name="Valid">One span of days; an organisation may have several.</param>
/// <param name="Source">What states the days, or what they were concluded from.</param>
public sealed record Adoption(OrganisationCode Organisation, DateSpan Valid, Provenance Provenance, string Source);

/// <summary>Two versions of one framework never both judge an organisation on a day: whoever reads a level has to know which rules made it.</summary>
public static class VersionOverlap
{
    /// <summary>The first day on which both versions judge an organisation while it is open; null where there is none.</summary>
    public static DateOnly? FirstDay(Framework one, Framework other, Organisation organisation, OrganisationTree tree)
    {
        // Who judges changes on these days only.
        var changes = new[] { one, other }
            .SelectMany(version => version.Adopted.Select(adoption => adoption.Valid).Prepend(version.Valid))
            .Concat(SpansAbove(organisation.Code, tree))
            .Append(organisation.Valid)
            .SelectMany(span => new[] { span.From, span.To })
            .OfType<DateOnly>()
            .Append(DateOnly.MinValue);
        return changes
            .Where(day => organisation.Valid.Contains(day) && one.Judges(organisation, day, tree) && other.Judges(organisation, day, tree))
            .Min(day => (DateOnly?)day);
    }

    /// <summary>Of every relation through which an organisation ever stood below another, at any height.</summary>
    private static IEnumerable<DateSpan> SpansAbove(OrganisationCode organisation, OrganisationTree tree) =>
        tree.ParentRelationsOf(organisation).SelectMany(relation => SpansAbove(relation.Parent, tree).Prepend(relation.Valid));
}
