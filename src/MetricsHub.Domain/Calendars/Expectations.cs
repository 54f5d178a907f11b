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
    public OpeningHours Hours => hours;

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
    /// is expected to state them all; else the source is down where that is so of one of them. Where older figures would do, it is missed
    /// as soon as one of those is overdue: a feed that has stopped is not "not due" for the newest quarter of an hour, again and again.
    /// </summary>
    /// <param name="reporters">Whose figures it is made of; asked for only where their opening hours matter.</param>
    /// <param name="maximumAge">How long before the slot's end a period may have ended whose figures would do; zero where only the slot's own do.</param>
    public AbsenceCode WhyAbsent(
        IReadOnlyCollection<Metric> inputs, IEnumerable<OrganisationCode> reporters, Period slot, DateTimeOffset knownAt,
        Func<SourceKey, SourceStanding> standingOf, TimeSpan maximumAge = default)
    {
        var codes = new HashSet<AbsenceCode>();
        foreach (var period in PeriodsThatWouldDo(inputs.First().Cadence, slot, maximumAge))
        {
            var isExpected = inputs.All(metric => OfAnybody(metric)?.Expects(period) ?? true) && !(inputs.Any(KnowsHours) && AllClosed(inputs, reporters, period));
            if (!isExpected && codes.Count == 0)
            {
                return AbsenceCode.NotDue;
            }

            codes.Add(isExpected ? WhyAbsent(inputs, period, knownAt, standingOf) : AbsenceCode.NotDue);
        }

        return Worst(codes);
    }

    private AbsenceCode WhyAbsent(IReadOnlyCollection<Metric> inputs, Period period, DateTimeOffset knownAt, Func<SourceKey, SourceStanding> standingOf)
    {
        var asSources = inputs.Select(metric => WhyAbsent(OfAnybody(metric), period, knownAt, standingOf)).ToHashSet();
        return asSources.Contains(AbsenceCode.NotDue) ? AbsenceCode.NotDue : Worst(asSources);
    }

    private static AbsenceCode Worst(HashSet<AbsenceCode> codes) =>
        codes.Contains(AbsenceCode.SourceDown) ? AbsenceCode.SourceDown : codes.Contains(AbsenceCode.Late) ? AbsenceCode.Late : AbsenceCode.NotDue;

    /// <summary>The newest first; the slot itself where it is shorter than a period and no whole one would do.</summary>
    private static IEnumerable<Period> PeriodsThatWouldDo(Cadence cadence, Period slot, TimeSpan maximumAge)
    {
        var newest = cadence.PeriodHolding(slot.End.AddTicks(-1));
        newest = newest.End > slot.End ? cadence.PeriodHolding(newest.Start.AddTicks(-1)) : newest;
        if (newest.End < slot.End - maximumAge)
        {
            yield return slot;
        }

        for (var period = newest; period.End >= slot.End - maximumAge; period = cadence.PeriodHolding(period.Start.AddTicks(-1)))
        {
            yield return period;
        }
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
