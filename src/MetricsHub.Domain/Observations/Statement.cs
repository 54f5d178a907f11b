using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Observations;

/// <summary>
/// What one publication says of one series and period: an observation, where the figure is a number, or an absence. Never changed; a
/// revision is a statement of a newer publication.
/// </summary>
/// <param name="Row">The row of the publication that says it, counted from 1 as a person sees it in the file.</param>
/// <param name="StatedAt">The instant that the row gives for it, where it gives one finer than the period; checked and not stored.</param>
public sealed record Statement(SeriesKey Series, Period Period, Figure Figure, int Row, DateTimeOffset? StatedAt = null);

/// <summary>A statement as the hub keeps it.</summary>
/// <param name="RecordedAt">When the hub learnt it, by the hub's own clock; never back-dated.</param>
public sealed record RecordedStatement(
    SeriesKey Series,
    Period Period,
    Figure Figure,
    int Row,
    PublicationId Publication,
    DateTimeOffset RecordedAt);
