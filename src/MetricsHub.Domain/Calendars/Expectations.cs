using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>What is expected of every series that the catalogue knows.</summary>
/// <param name="timetables">By metric; a metric that no source states by a timetable is not among them.</param>
public sealed class Expectations(
    IReadOnlyDictionary<MetricKey, Metric> metrics,
    IReadOnlyDictionary<MetricKey, Timetable> timetables,
    OpeningHours hours,
    OrganisationTree organisations)
{
    /// <summary>
    /// Null where nobody knows the rhythm: the metric is not in the catalogue, or no source states it by a timetable. An organisation that
    /// is not in the catalogue is taken to exist, and to be open, always.
    /// </summary>
    public Expectation? Find(SeriesKey series) =>
        metrics.GetValueOrDefault(series.Metric) is { } metric && timetables.TryGetValue(series.Metric, out var timetable)
            ? new Expectation(
                metric.Cadence, timetable, hours.Of(series.Organisation, metric.ServiceDomain),
                organisations.Find(series.Organisation)?.Valid ?? DateSpan.Always)
            : null;

    /// <summary>
    /// What a figure is that nobody states, as known at an instant. Where nobody knows when it is due it is late: what is missing is never
    /// taken for fine.
    /// </summary>
    /// <param name="standingOf">How a source stood then.</param>
    public AbsenceCode WhyAbsent(SeriesKey series, Period period, DateTimeOffset knownAt, Func<SourceKey, SourceStanding> standingOf) =>
        WhyAbsent(Find(series), period, knownAt, standingOf);

    /// <summary>
    /// What an input of several figures is that is not there: not due as long as one of them is not, or where none of its organisations
    /// is expected to state them all; else the source is down where that is so of one of them.
    /// </summary>
    /// <param name="reporters">Whose figures it is made of; asked for only where their opening hours matter.</param>
    public AbsenceCode WhyAbsent(
        IReadOnlyCollection<Metric> inputs, IEnumerable<OrganisationCode> reporters, Period period, DateTimeOffset knownAt,
        Func<SourceKey, SourceStanding> standingOf)
    {
        var asSources = inputs.Select(metric => WhyAbsent(OfAnybody(metric), period, knownAt, standingOf)).ToHashSet();
        return asSources.Contains(AbsenceCode.NotDue) || (inputs.Any(KnowsHours) && AllClosed(inputs, reporters, period))
                ? AbsenceCode.NotDue
            : asSources.Contains(AbsenceCode.SourceDown) ? AbsenceCode.SourceDown
            : AbsenceCode.Late;
    }

    /// <summary>Whether anybody's hours are known in the metric's service domain.</summary>
    public bool KnowsHours(Metric metric) => hours.AnyIn(metric.ServiceDomain);

    /// <summary>Whether an organisation's service is closed in a period, so that a figure it does not state lacks nowhere.</summary>
    public bool IsClosed(Metric metric, OrganisationCode organisation, Period period) =>
        KnowsHours(metric) && Find(new SeriesKey(metric.Key, organisation))?.IsOpen(period) == false;

    /// <summary>Where nobody could state the input there is nobody who is closed.</summary>
    private bool AllClosed(IReadOnlyCollection<Metric> inputs, IEnumerable<OrganisationCode> reporters, Period period)
    {
        var closed = reporters.Select(organisation => inputs.Any(metric => IsClosed(metric, organisation, period))).ToList();
        return closed.Count > 0 && closed.TrueForAll(isClosed => isClosed);
    }

    /// <summary>Of the source as such, whoever it speaks of.</summary>
    private Expectation? OfAnybody(Metric metric) =>
        timetables.TryGetValue(metric.Key, out var timetable) ? Expectation.Of(metric.Cadence, timetable) : null;

    private static AbsenceCode WhyAbsent(Expectation? expectation, Period period, DateTimeOffset knownAt, Func<SourceKey, SourceStanding> standingOf) =>
        expectation?.WhyAbsent(period, knownAt, standingOf(expectation.Timetable.Source)) ?? AbsenceCode.Late;
}
