using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Api;

/// <summary>Statements in a list. The newest recorded of a series and period is current; releases are taken to arrive in order.</summary>
internal sealed class FakeObservationStore : IObservationStore
{
    private readonly List<RecordedStatement> recorded = [];

    public long Version { get; private set; }

    public int Reads { get; private set; }

    /// <summary>What every read throws, to play a store that is down.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What every reading of the newest statements waits for; null where nothing keeps it.</summary>
    public Task? Held { get; set; }

    public void Add(params IEnumerable<RecordedStatement> statements)
    {
        recorded.AddRange(statements);
        Version++;
    }

    public Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The API only reads.");

    public Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RecordedStatement>>(
        [
            .. Current(query.Selection, query.AsOf)
                .Where(statement => !(statement.Period.Start < query.From) && !(statement.Period.Start >= query.To))
                .Where(statement => query.After is null || Compare(statement, query.After) > 0)
                .Take(query.Limit ?? int.MaxValue),
        ]);

    public async Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken)
    {
        await (Held ?? Task.CompletedTask);
        return [.. Current(selection, asOf: null).GroupBy(statement => statement.Series).Select(series => series.MaxBy(statement => statement.Period.End)!)];
    }

    public Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StepAggregate>>(
        [
            .. Current(query.Selection, query.AsOf)
                .Where(statement => statement.Period.Start >= query.From && statement.Period.Start < query.To)
                .GroupBy(statement => (statement.Series, Step: StepStart(statement.Period.Start, query.Step)))
                .Select(group =>
                {
                    double[] numbers = [.. group.Where(statement => !statement.Figure.IsAbsent).Select(Number)];
                    return new StepAggregate(
                        group.Key.Series, group.Key.Step, numbers.Length, group.Count() - numbers.Length,
                        numbers.Sum(), numbers.DefaultIfEmpty().Min(), numbers.DefaultIfEmpty().Max(), numbers.LastOrDefault());
                }),
        ]);

    public Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesExtent>>(
        [
            .. Current(selection, asOf: null)
                .GroupBy(statement => statement.Series)
                .Select(series => new SeriesExtent(series.Key, series.Min(entry => entry.Period.Start), series.Max(entry => entry.Period.End))),
        ]);

    private IEnumerable<RecordedStatement> Current(SeriesSelection selection, DateTimeOffset? asOf)
    {
        Reads++;
        if (Failure is not null)
        {
            throw Failure;
        }

        return recorded
            .Where(statement => selection.Metrics?.Contains(statement.Series.Metric) ?? true)
            .Where(statement => selection.Organisations?.Contains(statement.Series.Organisation) ?? true)
            .Where(statement => !(statement.RecordedAt > asOf))
            .GroupBy(statement => (statement.Series, statement.Period))
            .Select(group => group.MaxBy(statement => statement.RecordedAt)!)
            .OrderBy(statement => statement.Series.Metric)
            .ThenBy(statement => statement.Series.Organisation)
            .ThenBy(statement => statement.Period.Start)
            .ThenBy(statement => statement.Period.End);
    }

    private static int Compare(RecordedStatement statement, StatementPosition position) =>
        (statement.Series.Metric, statement.Series.Organisation, statement.Period.Start, statement.Period.End)
            .CompareTo((position.Series.Metric, position.Series.Organisation, position.Period.Start, position.Period.End));

    private static double Number(RecordedStatement statement) => statement.Figure.TryGetNumber(out var number) ? number : double.NaN;

    private static DateTimeOffset StepStart(DateTimeOffset start, Step step) => step switch
    {
        Step.Hour => start.AddTicks(-(start.Ticks % TimeSpan.TicksPerHour)),
        Step.Day => LondonCalendar.StartOf(LondonCalendar.DateOf(start)),
        _ => LondonCalendar.MonthOf(start).Start,
    };
}
