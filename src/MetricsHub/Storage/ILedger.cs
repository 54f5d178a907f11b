using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;

namespace MetricsHub.Storage;

/// <summary>What the hub did and found: publications, what was refused of them, runs, and what locations answered. Nothing is deleted.</summary>
internal partial interface ILedger
{
    /// <summary>Grows with every write, and only then: equal numbers mean equal answers.</summary>
    long Version { get; }

    /// <summary>
    /// Enters a publication whose bytes are in the archive, and gives it its arrival number. A publication that the source had
    /// before is returned as it stands, under the names it first came under; but one that was barred is archived now.
    /// </summary>
    Task<Publication> RegisterPublicationAsync(NewPublication publication, CancellationToken cancellationToken);

    /// <summary>
    /// Enters a publication that the patient-data gate did not let in, with its hash and the reason. A publication that the source had
    /// before is returned as it stands.
    /// </summary>
    /// <param name="publication">Of zero archived bytes.</param>
    Task<Publication> BarPublicationAsync(NewPublication publication, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Enters what became of a publication, with its rejections, all of it or nothing; replaces an earlier reading's. What it announced
    /// can be taken off from then on.
    /// </summary>
    /// <returns>The publication as it stands then.</returns>
    /// <exception cref="InvalidOperationException">The publication is not registered.</exception>
    Task<Publication> CompletePublicationAsync(SourceKey source, PublicationId id, PublicationCompletion completion, CancellationToken cancellationToken);

    Task<Publication?> FindPublicationAsync(PublicationId id, CancellationToken cancellationToken);

    /// <summary>A source's own publication: two sources can have had the same bytes.</summary>
    Task<Publication?> FindPublicationAsync(SourceKey source, PublicationId id, CancellationToken cancellationToken);

    Task<Push?> FindPushAsync(SourceKey source, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>
    /// Enters a push and the publication that it brought, whose bytes are in the archive: both or neither. A push whose key the source
    /// had before changes nothing, and the earlier one is returned: it tells whether that was the same publication.
    /// </summary>
    Task<Push> RegisterPushAsync(Push push, NewPublication publication, CancellationToken cancellationToken);

    /// <summary>
    /// The source's publications that are archived but neither stored nor refused, were read by an older parser version, or have a
    /// replay asked for that was not done yet; by arrival.
    /// Barred ones are never among them: there is nothing to read.
    /// </summary>
    Task<IReadOnlyList<Publication>> ListUnfinishedPublicationsAsync(SourceKey source, int parserVersion, CancellationToken cancellationToken);

    /// <summary>How many publications of each source are archived and wait to be read and stored; sources of which none does are left out.</summary>
    Task<IReadOnlyDictionary<SourceKey, int>> CountWaitingAsync(CancellationToken cancellationToken);

    /// <summary>The source's publications that were refused, as a whole or in part; by arrival.</summary>
    Task<IReadOnlyList<Publication>> ListPublicationsWithRejectionsAsync(SourceKey source, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a replay of publications of a source, durably, and enters for each the action that asked for it. Where one was asked
    /// for and not done yet, that one serves. Returns the publications as they then stand, in the order of the ids.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of the publications is not registered; then nothing is asked for.</exception>
    Task<IReadOnlyList<Publication>> AskForReplayAsync(
        SourceKey source, IReadOnlyList<PublicationId> publications, DateTimeOffset at, string actor, CancellationToken cancellationToken);

    /// <summary>What somebody had the hub do, newest first.</summary>
    Task<IReadOnlyList<LedgerAction>> ListActionsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Newest arrival first.</summary>
    /// <param name="before">Only publications with a smaller arrival number; null for the newest.</param>
    Task<IReadOnlyList<Publication>> ListPublicationsAsync(SourceKey? source, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>For every source, or the one named, of which something is stored: the end of the newest period that any publication of it speaks of.</summary>
    Task<IReadOnlyDictionary<SourceKey, DateTimeOffset>> ListNewestPeriodEndsAsync(SourceKey? source, CancellationToken cancellationToken);

    /// <summary>Newest publication first, then by row and field.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<LedgerRejection>> ListRejectionsAsync(
        SourceKey? source, PublicationId? publication, RejectionPosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>Enters a run of a source; whoever calls has the source's run. One that a process left open is marked as interrupted.</summary>
    Task<long> StartRunAsync(SourceKey source, DateTimeOffset startedAt, CancellationToken cancellationToken);

    Task FinishRunAsync(long run, RunResult result, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the runs of a source that a process left open as interrupted; whoever calls has the source's run, so that none is under way.
    /// Returns how many there were.
    /// </summary>
    Task<int> CloseInterruptedRunsAsync(SourceKey source, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>For every source that ever ran: its last run, and its last run that succeeded.</summary>
    Task<IReadOnlyList<SourceRuns>> ListSourceRunsAsync(CancellationToken cancellationToken);

    /// <summary>How every source that ever ran to its end stood at an instant: runs that finished later are not known.</summary>
    /// <param name="asOf">Null for now.</param>
    Task<IReadOnlyDictionary<SourceKey, SourceStanding>> ReadStandingsAsync(DateTimeOffset? asOf, CancellationToken cancellationToken);

    /// <summary>Everything that sources have stated of organisations and bank holidays; on the calling thread, for the start of the hub.</summary>
    CollectedReference ReadReference();

    /// <summary>The newest publication of each source that states reference facts, by its arrival number.</summary>
    Task<IReadOnlyDictionary<SourceKey, long>> ListReferenceArrivalsAsync(CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Run>> ListRunsAsync(SourceKey source, int limit, CancellationToken cancellationToken);

    Task<KnownFetch?> FindFetchAsync(SourceKey source, string address, CancellationToken cancellationToken);

    Task SaveFetchAsync(SourceKey source, string address, KnownFetch fetch, CancellationToken cancellationToken);
}

/// <param name="ArchivedBytes">The length of what was archived: the publication less its personal columns; 0 where it is barred.</param>
/// <param name="Actor">Who pushed it; null where it was collected.</param>
internal sealed record NewPublication(
    SourceKey Source,
    PublicationId Id,
    string Address,
    string FileName,
    string? LinkText,
    DateTimeOffset? PublishedAt,
    int Revision,
    DateTimeOffset RetrievedAt,
    long ArchivedBytes,
    string? Actor = null);

/// <summary>A push, by the key that its sender gave it.</summary>
/// <param name="Actor">Who sent it, as far as the hub knows its callers.</param>
internal sealed record Push(SourceKey Source, string IdempotencyKey, string Actor, PublicationId Publication, DateTimeOffset ReceivedAt);

internal enum PublicationState
{
    /// <summary>The bytes are safe; what they state is not stored yet.</summary>
    Archived,
    Stored,

    /// <summary>The file as a whole was not what it claimed; nothing of it was stored.</summary>
    Refused,

    /// <summary>It held data about single people: nothing of it was kept, not even in the archive.</summary>
    Barred,
}

/// <summary>A publication as the ledger knows it.</summary>
/// <param name="Reading">Which reading of its bytes this tells of; that of parser 0 before the first one.</param>
/// <param name="ReplaysAsked">How many replays were asked for; more than the reading's where one is to be done.</param>
/// <param name="Failure">Why it was refused or barred.</param>
/// <param name="Periods">From the first period's start to the last one's end; null where it states nothing.</param>
/// <param name="Actor">Who pushed it first; null where it was collected.</param>
/// <param name="BytesRemovedAt">When its archived bytes were removed; null while they are kept.</param>
internal sealed record Publication(
    SourceKey Source,
    PublicationId Id,
    ReleaseOrder Release,
    string Address,
    string FileName,
    string? LinkText,
    DateTimeOffset RetrievedAt,
    long ArchivedBytes,
    PublicationState State,
    Reading Reading,
    int ReplaysAsked,
    string? Failure,
    Tally Tally,
    Reconciliation Reconciliation,
    Period? Periods,
    DateTimeOffset? RecordedAt,
    string? Actor = null,
    DateTimeOffset? BytesRemovedAt = null);

/// <param name="State">Stored or refused.</param>
/// <param name="PublishedAt">The date that the publication states, else the one it was registered with.</param>
internal sealed record PublicationCompletion(
    PublicationState State,
    Reading Reading,
    DateTimeOffset? PublishedAt,
    string? Failure,
    Tally Tally,
    Reconciliation Reconciliation,
    IReadOnlyList<Rejection> Rejections,
    Period? Periods,
    DateTimeOffset RecordedAt,
    ReferenceFacts Facts);

/// <summary>Something that somebody had the hub do.</summary>
/// <param name="Actor">Who asked: <c>local</c> while the hub does not know its callers.</param>
/// <param name="Action">What: <c>replay</c>.</param>
/// <param name="Object">To what: <c>nhs-england-ae-monthly/</c> and a publication's id.</param>
/// <param name="Detail">What came of it, where there is more to say.</param>
/// <param name="Address">From where; entered by the ledger, and null where it was no request.</param>
/// <param name="Trace">The trace of the request; entered by the ledger, and null where it was none.</param>
internal sealed record LedgerAction(
    DateTimeOffset At, string Actor, string Action, string Object, string? Detail, string? Address = null, string? Trace = null);

/// <summary>A rejection with the publication it belongs to.</summary>
internal sealed record LedgerRejection(SourceKey Source, PublicationId Publication, string FileName, Rejection Rejection, RejectionPosition Position);

/// <summary>A place in the order of rejections: the publication's arrival number and the rejection's number within it.</summary>
internal sealed record RejectionPosition(long Arrival, int Number);

internal enum RunOutcome
{
    Running,
    Succeeded,

    /// <summary>Some of it could not be read or was refused; the rest was stored.</summary>
    Partial,
    Failed,

    /// <summary>The process ended before the run did.</summary>
    Interrupted,
}

/// <param name="Offered">How many publications the source's locations offered.</param>
/// <param name="Stored">How many new ones were stored.</param>
/// <param name="Refused">How many new ones were refused as a whole, or barred.</param>
/// <param name="Message">What went wrong; null where nothing did.</param>
/// <param name="LocationsUnread">How many locations could not be read.</param>
internal sealed record RunResult(
    RunOutcome Outcome,
    DateTimeOffset FinishedAt,
    int Offered,
    int Stored,
    int Refused,
    string? Message,
    int LocationsUnread = 0);

/// <summary>One collection run of one source. Figures of a run that is under way are zero.</summary>
internal sealed record Run(long Id, SourceKey Source, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, RunOutcome Outcome, int Offered, int Stored, int Refused, string? Message);

internal sealed record SourceRuns(SourceKey Source, Run Last, Run? LastSuccess);

/// <summary>What a location answered last, and which publication it was.</summary>
internal sealed record KnownFetch(FetchState State, PublicationId Publication);
