using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>What is expected of every series that the catalogue knows.</summary>
/// <param name="timetables">By source.</param>
public sealed class Expectations(
    IReadOnlyDictionary<MetricKey, Metric> metrics,
    IReadOnlyDictionary<SourceKey, Timetable> timetables,
    OpeningHours hours,
    OrganisationTree organisations)
{
    /// <summary>Null where the metric is not in the catalogue. An organisation that is not in it is taken to exist, and to be open, always.</summary>
    public Expectation? Find(SeriesKey series) =>
        metrics.GetValueOrDefault(series.Metric) is { } metric ? Of(metric, series.Organisation) : null;

    public Expectation Of(Metric metric, OrganisationCode organisation) => new(
        metric.Cadence,
        timetables[new SourceKey(metric.Source)],
        hours.Of(organisation, metric.ServiceDomain),
        organisations.Find(organisation)?.Valid ?? DateSpan.Always);

    /// <summary>Whether an organisation's service is closed in a period, so that a figure it does not state lacks nowhere.</summary>
    public bool IsClosed(Metric metric, OrganisationCode organisation, Period period) =>
        hours.AnyIn(metric.ServiceDomain) && !Of(metric, organisation).IsOpen(period);

    /// <summary>
    /// What an input of several figures is that is not there: not due as long as one of them is not, or where none of its organisations
    /// is expected to state them all; else the source is down where that is so of one of them.
    /// </summary>
    /// <param name="reporters">Whose figures it is made of; asked for only where their opening hours matter.</param>
    public AbsenceCode WhyAbsent(
        IReadOnlyCollection<Metric> inputs, IEnumerable<OrganisationCode> reporters, Period period, DateTimeOffset knownAt,
        Func<SourceKey, SourceStanding> standingOf)
    {
        var asSources = Join(inputs.Select(metric =>
            Expectation.Of(metric.Cadence, timetables[new SourceKey(metric.Source)]).WhyAbsent(period, knownAt, standingOf(new SourceKey(metric.Source)))));
        return asSources == AbsenceCode.NotDue || !inputs.Any(metric => hours.AnyIn(metric.ServiceDomain)) || AnyOpen(inputs, reporters, period)
            ? asSources
            : AbsenceCode.NotDue;
    }

    private bool AnyOpen(IReadOnlyCollection<Metric> inputs, IEnumerable<OrganisationCode> reporters, Period period) =>
        reporters.Any(organisation => inputs.All(metric => Of(metric, organisation).Expects(period)));

    private static AbsenceCode Join(IEnumerable<AbsenceCode> codes)
    {
        var known = codes.ToHashSet();
        return known.Contains(AbsenceCode.NotDue) ? AbsenceCode.NotDue
            : known.Contains(AbsenceCode.SourceDown) ? AbsenceCode.SourceDown
            : AbsenceCode.Late;
    }
}
