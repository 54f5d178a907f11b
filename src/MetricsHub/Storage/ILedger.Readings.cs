using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage;

/// <summary>Escalation readings as they were evaluated, what is due to be evaluated, and how far evaluation has come.</summary>
internal partial interface ILedger
{
    /// <summary>
    /// Enters which figures a publication is about to change; called before any of them is stored, so that no process can die between
    /// the two. They are due from now on, and stay so at least until the publication is complete.
    /// </summary>
    /// <exception cref="InvalidOperationException">The publication is not registered.</exception>
    Task AnnounceAsync(SourceKey source, PublicationId id, IReadOnlyList<TouchedSpan> spans, CancellationToken cancellationToken);

    /// <summary>Everything that is due: one span for each series, however many publications touched it.</summary>
    Task<DueFigures> ReadDueAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<Evaluation>> ListEvaluationsAsync(CancellationToken cancellationToken);

    /// <summary>Begins an evaluation. Whatever one that was begun before still wants to enter is refused from now on.</summary>
    /// <returns>Its number, which is one more than that of the one before.</returns>
    Task<long> BeginEvaluationAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Enters readings of an organisation, all of them or none. One that stands already is superseded by the new one; one that is named
    /// as gone is superseded by nothing, because nothing is known at its slot any more.
    /// </summary>
    /// <param name="evaluation">The evaluation that makes them; 0 before the first.</param>
    /// <exception cref="OvertakenException">It is not the last one that was begun; nothing is entered.</exception>
    Task RecordReadingsAsync(long evaluation, RecordedReadings readings, CancellationToken cancellationToken);

    /// <summary>Takes what was due off, up to a ticket, and enters how far evaluation has come: both or neither.</summary>
    /// <param name="evaluation">The evaluation that ends; 0 before the first.</param>
    /// <param name="ticket">That of <see cref="ReadDueAsync"/>; null where nothing is taken off.</param>
    /// <exception cref="OvertakenException">It is not the last one that was begun; nothing is entered.</exception>
    Task CompleteEvaluationAsync(long evaluation, IReadOnlyList<Evaluation> evaluations, long? ticket, CancellationToken cancellationToken);

    /// <summary>The readings whose slots end at or between two instants, oldest first.</summary>
    Task<IReadOnlyList<ShownOutcome>> ReadReadingsAsync(ReadingQuery query, CancellationToken cancellationToken);

    /// <summary>The same by the hour of UTC that holds a slot's last instant: of each hour the last reading, and the worst of all.</summary>
    Task<IReadOnlyList<SteppedOutcome>> ReadHourlyReadingsAsync(ReadingQuery query, CancellationToken cancellationToken);

    /// <summary>For every organisation that has one: the end of the newest slot, at or before an instant, that has a level.</summary>
    Task<IReadOnlyDictionary<OrganisationCode, DateTimeOffset>> ListNewestCalculatedAsync(
        FrameworkVersion framework, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>One version of a framework, by its names.</summary>
internal sealed record FrameworkVersion(string Key, string Version)
{
    public static FrameworkVersion Of(Framework framework) => new(framework.Key, framework.Version);
}

/// <summary>What changed of one series.</summary>
/// <param name="FirstStart">The start of the oldest period of which something changed.</param>
/// <param name="LastEnd">The end of the newest one.</param>
internal sealed record TouchedSpan(SeriesKey Series, DateTimeOffset FirstStart, DateTimeOffset LastEnd);

/// <param name="Spans">One for each series that something is due of.</param>
/// <param name="Ticket">The newest ticket; null where nothing can be taken off yet.</param>
internal sealed record DueFigures(IReadOnlyList<TouchedSpan> Spans, long? Ticket);

/// <summary>How far a framework has been evaluated.</summary>
/// <param name="RulesHash">Of the rules by which it was: the framework's, and whatever else of the catalogue a level depends on.</param>
/// <param name="EvaluatedTo">Every slot that ends at or before it has been evaluated, save where something is due.</param>
/// <param name="FinishedAt">When evaluation last had something to do.</param>
/// <param name="Failure">Why it could not be done; null where it was.</param>
internal sealed record Evaluation(FrameworkVersion Framework, string RulesHash, DateTimeOffset EvaluatedTo, DateTimeOffset FinishedAt, string? Failure);

/// <param name="Outcomes">New readings.</param>
/// <param name="Gone">The ends of slots at which nothing is known any more.</param>
internal sealed record RecordedReadings(
    FrameworkVersion Framework,
    OrganisationCode Organisation,
    string RulesHash,
    DateTimeOffset RecordedAt,
    IReadOnlyList<ShownOutcome> Outcomes,
    IReadOnlyList<DateTimeOffset> Gone);

/// <param name="From">Slots that end at or after it.</param>
/// <param name="To">Slots that end at or before it.</param>
/// <param name="AsOf">As they stood at an instant; null for now.</param>
internal sealed record ReadingQuery(
    FrameworkVersion Framework, OrganisationCode Organisation, DateTimeOffset From, DateTimeOffset To, DateTimeOffset? AsOf = null);

/// <summary>The readings of one step: the last of them, and the worst of all.</summary>
/// <param name="HighestShownLevel">0 where none was shown.</param>
/// <param name="HighestLevel">Of the calculated levels; 0 where none was calculated.</param>
/// <param name="Readings">How many there are.</param>
/// <param name="Uncertain">At how many of them the bounds lie apart.</param>
internal readonly record struct SteppedOutcome(ShownOutcome Last, int HighestShownLevel, int HighestLevel, int Readings, int Uncertain);
