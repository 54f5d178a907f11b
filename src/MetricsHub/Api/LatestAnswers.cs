using System.Text.Json.Serialization;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Api;

/// <summary>The newest figure of a series, and whether it may still be taken for its state.</summary>
internal sealed record LatestItem : StatementItem
{
    public LatestItem(StatementItem item, long ageSeconds, bool stale, MissingPeriodItem? missing)
        : base(item) => (AgeSeconds, Stale, Missing) = (ageSeconds, stale, missing);

    /// <summary>How long ago its period ended, at the instant that the answer is given for.</summary>
    [JsonPropertyOrder(1)]
    public long AgeSeconds { get; }

    /// <summary>
    /// true: a newer figure should be there. A figure is current until that of the next expected period is due; of quarters of an hour
    /// until two and a half of them have passed since its own.
    /// </summary>
    [JsonPropertyOrder(1)]
    public bool Stale { get; }

    /// <summary>The newest period that should be there and is not; null where the figure is current, or none is expected any more.</summary>
    [JsonPropertyOrder(1)]
    public MissingPeriodItem? Missing { get; }
}

/// <summary>A period whose figure is not there.</summary>
/// <param name="PeriodStart">Where the period starts.</param>
/// <param name="PeriodEnd">Where it ends, exclusive.</param>
/// <param name="Absence">late, or source-down: due, and the source could not be read since.</param>
internal sealed record MissingPeriodItem(DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, string Absence)
{
    public static MissingPeriodItem Of(Period period, AbsenceCode absence) => new(period.Start, period.End, absence.ToText());
}

/// <summary>The newest figure of each series.</summary>
/// <param name="AsOf">The instant that ages are given for.</param>
/// <param name="Breaks">Where the series of the metrics break, up to that instant.</param>
/// <param name="Items">By metric and organisation.</param>
/// <param name="Next">The address of the next page; null on the last one.</param>
internal sealed record LatestAnswer(DateTimeOffset AsOf, IReadOnlyList<BreakItem> Breaks, IReadOnlyList<LatestItem> Items, string? Next);
