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
            found.AddRange(places
                .Select(place => rule.Read(place, statements[place], at, IsClosed(rule, place, at), newest => WhyAbsent(rule, place, newest, at, standings)))
                .OrderByDescending(reading => reading.Free.HasValue)
                .ThenByDescending(reading => reading.Free)
                .ThenBy(reading => reading.Organisation));
        }

        return found;
    }

    private async Task<HashSet<OrganisationCode>> PlacesAsync(HeadroomRule rule, HashSet<OrganisationCode> below, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await store.ListSeriesAsync(new SeriesSelection(rule.Metrics.ToHashSet(), below), cancellationToken))
            .Where(series => series.FirstPeriodStart < at)
            .Select(series => series.Series.Organisation)
            .ToHashSet();

    /// <summary>What is stated lately; of who states nothing lately all that there ever was, for the last of it.</summary>
    private async Task<ILookup<OrganisationCode, RecordedStatement>> StatementsAsync(
        HeadroomRule rule, HashSet<OrganisationCode> places, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var metrics = rule.Metrics.ToHashSet();
        var lately = catalogue.Metrics[rule.Metrics[0]].Cadence.PeriodHolding(at - rule.MaximumAge).Start.AddTicks(-1);
        var found = (await ReadAsync(places, lately)).Where(statement => statement.Period.End <= at).ToList();
        places = [.. places.Except(found.Where(statement => !statement.Figure.IsAbsent).Select(statement => statement.Series.Organisation))];
        return found.Concat(places.Count == 0 ? [] : await ReadAsync(places, from: null)).Distinct().ToLookup(statement => statement.Series.Organisation);

        Task<IReadOnlyList<RecordedStatement>> ReadAsync(HashSet<OrganisationCode> organisations, DateTimeOffset? from) =>
            store.ReadAsync(new StatementQuery(new SeriesSelection(metrics, organisations), from, at), cancellationToken);
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
