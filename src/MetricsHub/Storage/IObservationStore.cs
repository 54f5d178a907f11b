using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage;

/// <summary>
/// Keeps statements (observations and absences) for ever, by two times: the period they are about and the instant at which the hub
/// learnt them. Of several statements about one series and period the one that stands last in <see cref="ReleaseOrder"/> is current;
/// with an <c>asOf</c> only those recorded at or before it are known. A store failure throws; it never reads as an empty answer.
/// </summary>
internal interface IObservationStore
{
    /// <summary>Grows with every append that changed something, and only then: equal numbers mean equal answers.</summary>
    long Version { get; }

    /// <summary>
    /// Returns when everything that was stored before the call is known here, by whichever process. A store that one process has to itself
    /// always knows.
    /// </summary>
    Task FollowAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Stores what a release states, all of it or nothing, and returns when it is durable. The same reading of a publication again
    /// changes nothing. A later reading supersedes the earlier one; what it no longer states becomes
    /// <see cref="AbsenceCode.Withdrawn"/>. An earlier reading than the stored one was superseded before it came: it changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Two statements of the release speak of one series and period, or a period is finer than a microsecond.
    /// </exception>
    Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken);

    /// <summary>Statements by metric, organisation, period start and period end, at most <see cref="StatementQuery.Limit"/> of them.</summary>
    Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken);

    /// <summary>The current statement of each series' newest period (the one that ends last); by metric, then organisation.</summary>
    Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>Current numbers gathered into steps; by metric, organisation and step. Steps that hold no statement are left out.</summary>
    Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken);

    /// <summary>Every series that has a statement, with the ends of what is known of it; by metric, then organisation.</summary>
    Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken);
}

/// <summary>One reading of one publication.</summary>
internal sealed record Release(PublicationId Publication, SourceKey Source, Reading Reading, ReleaseOrder Order);

/// <param name="Changed">False where the same reading had been stored before.</param>
/// <param name="RecordedAt">When it was recorded: now, or then. Grows strictly from one append to the next.</param>
internal sealed record AppendOutcome(bool Changed, DateTimeOffset RecordedAt);

/// <summary>Which series: those of the metrics and of the organisations named; null stands for all.</summary>
internal sealed record SeriesSelection(IReadOnlySet<MetricKey>? Metrics, IReadOnlySet<OrganisationCode>? Organisations)
{
    public static readonly SeriesSelection All = new(null, null);
}

/// <param name="From">Periods that start at or after it; null for all.</param>
/// <param name="To">Periods that start before it; null for all.</param>
/// <param name="AsOf">Only what was recorded at or before it; null for what is known now.</param>
/// <param name="After">Only what comes after this place in the order; for the next page.</param>
internal sealed record StatementQuery(
    SeriesSelection Selection,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    DateTimeOffset? AsOf = null,
    StatementPosition? After = null,
    int? Limit = null);

/// <summary>A place in the order of statements.</summary>
internal sealed record StatementPosition(SeriesKey Series, Period Period);

/// <summary>How wide a step is. Days and months are those of Europe/London, hours those of UTC; a period belongs to the step that holds its start.</summary>
internal enum Step
{
    Hour,
    Day,
    Month,
}

/// <param name="From">Periods that start at or after it.</param>
/// <param name="To">Periods that start before it.</param>
internal sealed record AggregateQuery(SeriesSelection Selection, DateTimeOffset From, DateTimeOffset To, Step Step, DateTimeOffset? AsOf = null);

/// <summary>The numbers of one series in one step. Sum, minimum, maximum and last are meaningless where <see cref="Count"/> is 0.</summary>
/// <param name="Count">How many periods have a number.</param>
/// <param name="Absences">How many periods have a coded absence instead.</param>
/// <param name="Last">The number of the last period that has one: the one that starts last, of those the one that ends last.</param>
internal sealed record StepAggregate(
    SeriesKey Series,
    DateTimeOffset StepStart,
    int Count,
    int Absences,
    double Sum,
    double Minimum,
    double Maximum,
    double Last);

internal sealed record SeriesExtent(SeriesKey Series, DateTimeOffset FirstPeriodStart, DateTimeOffset LastPeriodEnd);
