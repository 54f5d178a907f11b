using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Influx;

/// <summary>A release as stored. <see cref="RecordedAt"/>, which no two share, is its name everywhere.</summary>
/// <param name="RecordedAt">In microseconds since 1970.</param>
/// <param name="Before">The reading of the same publication that this one supersedes; null where there is none.</param>
/// <param name="Starts">From the first to the last start of its periods; null where it states nothing.</param>
internal sealed record InfluxRelease(
    long RecordedAt, PublicationId Publication, SourceKey Source, Reading Reading, ReleaseOrder Order, long? Before, StartSpan? Starts)
{
    public DateTimeOffset Recorded => StoreTime.FromMicroseconds(RecordedAt);

    /// <summary>Whether this one's statements stand after the other's.</summary>
    public bool StandsAfter(InfluxRelease other)
    {
        var order = Order.CompareTo(other.Order);
        if (order == 0)
        {
            order = Reading.CompareTo(other.Reading);
        }

        return order == 0
            ? string.CompareOrdinal(Publication.ToString(), other.Publication.ToString()) > 0
            : order > 0;
    }
}
