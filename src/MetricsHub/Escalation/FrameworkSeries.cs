using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>The series that a framework's levels of an organisation are made of.</summary>
/// <param name="Organisations">The organisation and whoever was below it on any day: the tree is read at each slot's own date.</param>
/// <param name="Extents">Of the framework's metrics, and of those organisations: all of which anything was ever stated.</param>
internal sealed record FrameworkSeries(IReadOnlySet<OrganisationCode> Organisations, IReadOnlyDictionary<SeriesKey, SeriesExtent> Extents)
{
    /// <summary>The start of the oldest period; null where nothing was ever stated.</summary>
    public DateTimeOffset? FirstStart { get; } = Extents.Count == 0 ? null : Extents.Values.Min(extent => extent.FirstPeriodStart);

    /// <summary>The end of the newest period; null where nothing was ever stated.</summary>
    public DateTimeOffset? LastEnd { get; } = Extents.Count == 0 ? null : Extents.Values.Max(extent => extent.LastPeriodEnd);

    /// <summary>The end of the last slot that any figure speaks for: at all later ones every input is missing. Null where nothing was ever stated.</summary>
    public DateTimeOffset? LastReach(Framework framework) =>
        LastEnd + framework.Parameters.Max(parameter => parameter.MaximumAge?.Value ?? TimeSpan.Zero);

    /// <param name="extents">Those of the framework's metrics, of whatever organisation.</param>
    public static FrameworkSeries Of(OrganisationTree tree, IEnumerable<Organisation> judged, IEnumerable<SeriesExtent> extents)
    {
        var organisations = judged.SelectMany(organisation => tree.EverBelow(organisation.Code).Append(organisation.Code)).ToHashSet();
        return new FrameworkSeries(
            organisations, extents.Where(extent => organisations.Contains(extent.Series.Organisation)).ToDictionary(extent => extent.Series));
    }
}
