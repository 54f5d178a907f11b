using MetricsHub.Domain.Publications;

namespace MetricsHub.Domain.Reference;

/// <summary>The facts of one publication, as the hub keeps them.</summary>
/// <param name="FileName">The name by which the publication came: what an answer says they are from.</param>
public sealed record PublishedFacts(SourceKey Source, string FileName, ReleaseOrder Release, ReferenceFacts Facts);

/// <summary>All reference facts that have been collected.</summary>
public sealed record CollectedReference
{
    public static readonly CollectedReference None = new([]);

    public CollectedReference(IEnumerable<PublishedFacts> publications) => Publications = [.. publications.OrderBy(publication => publication.Release)];

    /// <summary>In release order: what comes later is current.</summary>
    public IReadOnlyList<PublishedFacts> Publications { get; }

    /// <summary>The newest publication of each source, by its arrival number.</summary>
    public IReadOnlyDictionary<SourceKey, long> NewestArrivals =>
        Publications.GroupBy(publication => publication.Source).ToDictionary(source => source.Key, source => source.Max(publication => publication.Release.Arrival));
}
