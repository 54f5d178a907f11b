using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Headroom;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>Reads where there is capacity: by the catalogue's rules, at every place that ever stated it. Who states it no more is listed all the same.</summary>
internal sealed class HeadroomReader(HubCatalogue catalogue, IObservationStore store, ILedger ledger)
{
    private const int WiderEachTime = 8;

    /// <summary>By rule, in the order of the catalogue; then the most free first, and after those what is not known, by code.</summary>
    /// <param name="organisation">It and everything below it on the day.</param>
    public async Task<IReadOnlyList<HeadroomReading>> ReadAsync(
        Organisation organisation, IReadOnlyCollection<HeadroomRule> rules, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var standings = await ledger.ReadStandingsAsync(asOf: null, cancellationToken);
        var below = catalogue.Organisations.DescendantsOf(organisation.Code, LondonCalendar.DateOf(at)).Prepend(organisation).Select(found => found.Code).ToHashSet();
        var found = new List<HeadroomReading>();
        foreach (var rule in rules)
        {
            var places = await PlacesAsync(rule, below, at, cancellationToken);
            var statements = await StatementsAsync(rule, places, at, cancellationToken);
            found.AddRange(places.Keys
                .Select(place => rule.Read(place, statements[place], at, IsClosed(rule, place, at), newest => WhyAbsent(rule, place, newest, at, standings)))
                .OrderByDescending(reading => reading.Free.HasValue)
                .ThenByDescending(reading => reading.Free)
                .ThenBy(reading => reading.Organisation));
        }

        return found;
    }

    /// <summary>Who ever stated one of the rule's figures, with the start of the first period of them.</summary>
    private async Task<Dictionary<OrganisationCode, DateTimeOffset>> PlacesAsync(
        HeadroomRule rule, HashSet<OrganisationCode> below, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await store.ListSeriesAsync(new SeriesSelection(rule.Metrics.ToHashSet(), below), cancellationToken))
            .Where(series => series.FirstPeriodStart < at)
            .GroupBy(series => series.Series.Organisation)
            .ToDictionary(place => place.Key, place => place.Min(series => series.FirstPeriodStart));

    /// <summary>
    /// What is stated lately, and of who does not give all figures of a period then what was stated before, further and further back until
    /// they are there. Most are silent for a night: all that they ever stated would be read for the figures of the evening.
    /// </summary>
    private async Task<ILookup<OrganisationCode, RecordedStatement>> StatementsAsync(
        HeadroomRule rule, Dictionary<OrganisationCode, DateTimeOffset> places, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var metrics = rule.Metrics.ToHashSet();
        var silent = places.Keys.ToHashSet();
        var found = new List<RecordedStatement>();
        var (to, back) = (at, rule.MaximumAge);
        while (silent.Count > 0)
        {
            var from = silent.Min(place => places[place]);
            if (at - from > back)
            {
                // That of the period that ended then, or ends next.
                from = catalogue.Metrics[rule.Metrics[0]].Cadence.PeriodHolding((at - back).AddTicks(-1)).Start;
            }

            var stated = (await store.ReadAsync(new StatementQuery(new SeriesSelection(metrics, silent), from, to), cancellationToken))
                .Where(statement => statement.Period.End <= at).ToList();
            found.AddRange(stated);
            silent.ExceptWith(stated
                .GroupBy(statement => (statement.Series.Organisation, statement.Period))
                .Where(rule.IsComplete)
                .Select(period => period.Key.Organisation));
            silent.RemoveWhere(place => places[place] >= from);
            (to, back) = (from, back * WiderEachTime);
        }

        return found.ToLookup(statement => statement.Series.Organisation);
    }

    private bool IsClosed(HeadroomRule rule, OrganisationCode place, DateTimeOffset at) =>
        catalogue.Metrics[rule.Metrics[0]] is var metric && catalogue.Expectations.IsClosed(metric, place, Grid.PeriodClosedBy(metric.Cadence, at));

    /// <summary>What the newest figure is that should be there; not due where it is there, and only too old to be taken for the instant.</summary>
    private AbsenceCode WhyAbsent(
        HeadroomRule rule, OrganisationCode place, Period? newest, DateTimeOffset at, IReadOnlyDictionary<SourceKey, SourceStanding> standings)
    {
        // Where nobody knows the rhythm, what is missing is never taken for fine.
        if (catalogue.Expectations.Find(new SeriesKey(rule.Metrics[0], place)) is not { } expectation)
        {
            return AbsenceCode.Late;
        }

        return expectation.NewestDueAt(at) is { } due && !(newest?.End >= due.End)
            ? expectation.WhyAbsent(due, at, standings.GetValueOrDefault(expectation.Timetable.Source, SourceStanding.NeverRead))
            : AbsenceCode.NotDue;
    }
}
