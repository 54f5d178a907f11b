using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Metrics;

/// <summary>Which way a figure is good.</summary>
public enum Polarity
{
    NoJudgement,
    LowIsGood,
    HighIsGood,
}

/// <summary>How a metric's figures add up over time.</summary>
public enum MeasureKind
{
    /// <summary>Counted over the period: periods can be summed.</summary>
    Flow,

    /// <summary>Read at one moment of the period: periods can be averaged, never summed.</summary>
    Snapshot,
}

/// <summary>A part of health and care that people turn to; a closed list in the catalogue.</summary>
public sealed record ServiceDomain(string Key, string Name);

/// <summary>A date from which a metric's figures are made by another method or over another population.</summary>
/// <param name="From">The first day of the new method.</param>
public sealed record SeriesBreak(DateOnly From, string Note, string Source);

/// <summary>What is measured. A definition that changes its meaning gets a new key, one that changes its method a break.</summary>
/// <param name="Unit">The unit of a figure: <c>attendances</c>, <c>patients</c>, <c>beds</c>.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="Source">The key of the one source that publishes it; null where several state it, each for its own organisations, or where it is pushed.</param>
/// <param name="Cadence">How long a period is: <c>month</c>, <c>day</c>.</param>
/// <param name="ReportedBy">The kinds of organisation that figures are stated for; anything wider is a sum over them.</param>
/// <param name="CountsPeople">Whether a figure counts people, so that small ones may need suppressing before publication.</param>
public sealed record Metric(
    MetricKey Key,
    string Name,
    string Description,
    string Unit,
    string ServiceDomain,
    string? Source,
    Cadence Cadence,
    MeasureKind Measure,
    Polarity Polarity,
    bool CountsPeople,
    IReadOnlyList<OrganisationKind> ReportedBy,
    IReadOnlyList<SeriesBreak> Breaks);

/// <summary>How often a figure falls due.</summary>
public enum Cadence
{
    QuarterHour,
    Day,
    Month,
    Quarter,
}
