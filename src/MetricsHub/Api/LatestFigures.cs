using MetricsHub.Catalogue;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Api;

/// <summary>Says of the newest figures of many series whether they are current at one instant. Series with the same rhythm are worked out once.</summary>
internal sealed class LatestFigures(HubCatalogue catalogue, IReadOnlyDictionary<SourceKey, SourceStanding> standings, DateTimeOffset now)
{
    private readonly Dictionary<(Expectation, Period), DateTimeOffset> staleAt = [];
    private readonly Dictionary<Expectation, Period?> newestDue = [];

    /// <summary>The first instant at which one of the figures that are current now is not: until then the answer holds.</summary>
    public DateTimeOffset? HoldsUntil { get; private set; }

    public LatestItem ToItem(RecordedStatement statement)
    {
        var age = (long)(now - statement.Period.End).TotalSeconds;
        var item = StatementItem.Of(statement, catalogue, isShared: false);

        // Of a metric that the catalogue no longer has, say, nobody knows the rhythm: nothing vouches for the figure.
        if (catalogue.Expectations.Find(statement.Series) is not { } expectation)
        {
            return new LatestItem(item, age, stale: true, missing: null);
        }

        var end = StaleAt(expectation, statement.Period);
        if (end > now)
        {
            HoldsUntil = end < HoldsUntil || HoldsUntil is null ? end : HoldsUntil;
            return new LatestItem(item, age, stale: false, missing: null);
        }

        return new LatestItem(item, age, stale: true, MissingAfter(statement, expectation));
    }

    private MissingPeriodItem? MissingAfter(RecordedStatement statement, Expectation expectation)
    {
        if (!newestDue.TryGetValue(expectation, out var newest))
        {
            newestDue[expectation] = newest = expectation.NewestDueAt(now);
        }

        return newest is { } period && period.End > statement.Period.End
            ? MissingPeriodItem.Of(period, expectation.WhyAbsent(period, now, standings.GetValueOrDefault(expectation.Timetable.Source, SourceStanding.NeverRead)))
            : null;
    }

    private DateTimeOffset StaleAt(Expectation expectation, Period period) =>
        staleAt.TryGetValue((expectation, period), out var known) ? known : staleAt[(expectation, period)] = Freshness.StaleAt(expectation, period);
}
