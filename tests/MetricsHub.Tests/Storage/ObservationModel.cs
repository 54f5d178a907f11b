using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Storage;

/// <summary>What an observation store has to answer, in as few words as possible and with no thought of speed.</summary>
internal sealed class ObservationModel
{
    private readonly List<(Release Release, IReadOnlyList<Statement> Statements, DateTimeOffset RecordedAt)> readings = [];

    public bool Append(Release release, IReadOnlyList<Statement> statements, DateTimeOffset recordedAt)
    {
        var earlier = readings.Where(reading => IsSame(reading.Release, release)).ToList();
        if (earlier.Exists(reading => reading.Release.Reading >= release.Reading))
        {
            return false;
        }

        var withdrawn = earlier.SelectMany(reading => reading.Statements).DistinctBy(Key).ExceptBy(statements.Select(Key), Key)
            .Select(statement => statement with { Figure = Figure.Absent(AbsenceCode.Withdrawn) });
        readings.Add((release, [.. statements, .. withdrawn], recordedAt));
        return true;
    }

    public List<RecordedStatement> Read(StatementQuery query) =>
    [
        .. Current(query.AsOf)
            .Where(statement => IsSelected(statement.Series, query.Selection))
            .Where(statement => !(statement.Period.Start < query.From) && !(statement.Period.Start >= query.To))
            .Where(statement => query.After is not { } after || Compare((statement.Series, statement.Period), (after.Series, after.Period)) > 0)
            .Order(Comparer<RecordedStatement>.Create((left, right) => Compare(Key(left), Key(right))))
            .Take(query.Limit ?? int.MaxValue),
    ];

    public List<RecordedStatement> Latest(SeriesSelection selection) =>
        [.. Read(new StatementQuery(selection)).GroupBy(statement => statement.Series).Select(series => series.MaxBy(statement => statement.Period)!)];

    public List<StepAggregate> Aggregate(AggregateQuery query) =>
    [
        .. Read(new StatementQuery(query.Selection, query.From, query.To, query.AsOf))
            .GroupBy(statement => (statement.Series, Step: StartOf(query.Step, statement.Period.Start)))
            .Select(step => Gather(step.Key.Series, step.Key.Step, [.. step])),
    ];

    private static StepAggregate Gather(SeriesKey series, DateTimeOffset start, List<RecordedStatement> statements)
    {
        var numbers = statements.Where(statement => !statement.Figure.IsAbsent)
            .Select(statement => statement.Figure.TryGetNumber(out var number) ? number : double.NaN).DefaultIfEmpty(0).ToList();
        return new StepAggregate(
            series, start, statements.Count(statement => !statement.Figure.IsAbsent), statements.Count(statement => statement.Figure.IsAbsent),
            numbers.Sum(), numbers.Min(), numbers.Max(), numbers[^1]);
    }

    private static DateTimeOffset StartOf(Step step, DateTimeOffset instant) => step switch
    {
        Step.Hour => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerHour)),
        Step.Day => LondonCalendar.StartOf(LondonCalendar.DateOf(instant)),
        _ => LondonCalendar.MonthOf(instant).Start,
    };

    private static bool IsSame(Release left, Release right) => left.Publication == right.Publication && left.Source == right.Source;

    private static (SeriesKey Series, Period Period) Key(Statement statement) => (statement.Series, statement.Period);

    private static (SeriesKey Series, Period Period) Key(RecordedStatement statement) => (statement.Series, statement.Period);

    private static bool IsSelected(SeriesKey key, SeriesSelection selection) =>
        selection.Metrics?.Contains(key.Metric) != false && selection.Organisations?.Contains(key.Organisation) != false;

    private static int Compare((SeriesKey Series, Period Period) left, (SeriesKey Series, Period Period) right)
    {
        int[] order =
        [
            left.Series.Metric.CompareTo(right.Series.Metric), left.Series.Organisation.CompareTo(right.Series.Organisation),
            left.Period.Start.CompareTo(right.Period.Start), left.Period.End.CompareTo(right.Period.End),
        ];
        return order.FirstOrDefault(part => part != 0);
    }

    private IEnumerable<RecordedStatement> Current(DateTimeOffset? asOf)
    {
        var known = readings.Where(reading => asOf is null || reading.RecordedAt <= asOf).ToList();
        return known
            .Where(reading => !known.Exists(other => IsSame(reading.Release, other.Release) && other.Release.Reading > reading.Release.Reading))
            .OrderBy(reading => reading.Release.Order)
            .SelectMany(reading => reading.Statements.Select(statement => new RecordedStatement(
                statement.Series, statement.Period, statement.Figure, statement.Row, reading.Release.Publication, reading.RecordedAt)))
            .GroupBy(Key)
            .Select(statements => statements.Last());
    }
}
