using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>An indicator's value for one organisation and period, with everything that went into it and everything that did not.</summary>
/// <param name="Value">The quotient, or why there is none.</param>
/// <param name="Numerator">The sum over the contributors; 0 where there are none.</param>
/// <param name="Silent">Organisations that could state it and state nothing for the period.</param>
/// <param name="Closed">
/// Organisations of which nothing is due, as they state, or that state nothing while their service is closed: in neither sum, and not missing.
/// </param>
/// <param name="Incomplete">Organisations that state some of the metrics and not all: left out of both sums.</param>
/// <param name="CoveragePercent">
/// How much of what is expected the contributors are, in percent, weighed by denominators: 100 where nobody lacks. Expected is whoever
/// contributed within the year before; what lacks weighs as much as its last contribution. Null where there is no weight at all.
/// </param>
/// <param name="LastPeriod">The newest period, up to and with this one, for which any of them states a number; null if none ever did.</param>
/// <param name="WhenMissing">What the indicator is where it counts as missing, by too little coverage for instance.</param>
public sealed record IndicatorReading(
    Indicator Indicator,
    OrganisationCode Organisation,
    Period Period,
    Figure Value,
    double Numerator,
    double Denominator,
    IReadOnlyList<IndicatorContributor> Contributors,
    IReadOnlyList<OrganisationCode> Silent,
    IReadOnlyList<OrganisationCode> Closed,
    IReadOnlyList<IncompleteContributor> Incomplete,
    double? CoveragePercent,
    Period? LastPeriod,
    AbsenceCode WhenMissing)
{
    /// <summary>Everybody who could contribute and does not: what they state, and what they last contributed, which weighs in the coverage.</summary>
    public IReadOnlyList<NonContributor> Others { get; init; } = [];

    /// <summary>The oldest period of a figure that it is made of, where a contributor's newest is older than the period judged; else that.</summary>
    public Period OldestPeriod => Contributors
        .SelectMany(contributor => contributor.Statements)
        .Select(statement => statement.Period)
        .Append(Period)
        .Min();
}

/// <summary>One organisation's part of an indicator, with the statements it is made of.</summary>
public sealed record IndicatorContributor(
    OrganisationCode Organisation,
    double Numerator,
    double Denominator,
    IReadOnlyList<RecordedStatement> Statements);

/// <summary>An organisation that could contribute to an indicator and does not.</summary>
/// <param name="Stated">Its newest statements, as far as they are recent enough to speak for the period.</param>
/// <param name="Last">What it last contributed within the year before; null where it lacks nothing, or contributed nothing.</param>
public sealed record NonContributor(
    OrganisationCode Organisation, ContributorStatus Status, IReadOnlyList<RecordedStatement> Stated, IndicatorContributor? Last);

/// <summary>An organisation left out of an indicator because some of its figures are not there.</summary>
/// <param name="Missing">The metrics without a number, each with the reason; null where nothing was stated at all.</param>
public sealed record IncompleteContributor(OrganisationCode Organisation, IReadOnlyList<MissingMetric> Missing);

public sealed record MissingMetric(Metrics.MetricKey Metric, AbsenceCode? Absence);
