using MetricsHub.Catalogue;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>
/// The figures of organisations that serve those asked for, beside the figures of these: in the service domain and on the days of the
/// relation only. An ambulance trust that also runs a minor injury unit shares its response times, not the unit's attendances.
/// </summary>
internal sealed class SharedFigures(IReadOnlySet<OrganisationCode> asked, HubCatalogue catalogue)
{
    /// <summary>Everything that may have to be given: what is asked for, and all that ever served it.</summary>
    public IReadOnlySet<OrganisationCode> Candidates { get; } =
        asked.Union(asked.SelectMany(catalogue.SharedServices.EverServing)).ToHashSet();

    public bool IsShared(RecordedStatement statement) =>
        !asked.Contains(statement.Series.Organisation)
        && catalogue.Metrics.GetValueOrDefault(statement.Series.Metric) is { } metric
        && LondonCalendar.LastDayOf(statement.Period) is var day
        && asked.Any(system => catalogue.SharedServices.Serves(statement.Series.Organisation, system, metric.ServiceDomain, day));

    /// <summary>Reads on until there are as many statements to give as the query's limit, or no more.</summary>
    public async Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, IObservationStore store, CancellationToken cancellationToken)
    {
        var found = new List<RecordedStatement>();
        IReadOnlyList<RecordedStatement> read;
        do
        {
            read = await store.ReadAsync(query, cancellationToken);
            found.AddRange(read.Where(statement => asked.Contains(statement.Series.Organisation) || IsShared(statement)));
            query = read.Count == 0 ? query : query with { After = new StatementPosition(read[^1].Series, read[^1].Period) };
        }
        while (read.Count == query.Limit && found.Count < query.Limit);

        return [.. found.Take(query.Limit ?? int.MaxValue)];
    }
}
