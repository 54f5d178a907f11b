using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Api;

/// <summary>A ledger of lists that tests fill themselves.</summary>
internal sealed partial class FakeLedger : ILedger
{
    public long Version { get; set; }

    public Exception? Failure { get; set; }

    public List<Publication> Publications { get; } = [];

    public List<LedgerRejection> Rejections { get; } = [];

    public List<SourceRuns> Runs { get; } = [];

    public List<LedgerAction> Actions { get; } = [];
    /// <summary>As known at whatever instant is asked for.</summary>
    public Dictionary<SourceKey, SourceStanding> Standings { get; } = [];

    public Dictionary<SourceKey, long> ReferenceArrivals { get; } = [];

    public Task<Publication?> FindPublicationAsync(PublicationId id, CancellationToken cancellationToken) =>
        Task.FromResult(Publications.Find(publication => publication.Id == id));

    public Task<Publication?> FindPublicationAsync(SourceKey source, PublicationId id, CancellationToken cancellationToken) =>
        Task.FromResult(Publications.Find(publication => publication.Source == source && publication.Id == id));

    public Task<IReadOnlyList<Publication>> ListPublicationsAsync(SourceKey? source, long? before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Publication>>(
        [
            .. Publications
                .Where(publication => source is null || publication.Source == source)
                .Where(publication => !(publication.Release.Arrival >= before))
                .OrderByDescending(publication => publication.Release.Arrival)
                .Take(limit),
        ]);

    public Task<IReadOnlyList<LedgerRejection>> ListRejectionsAsync(
        SourceKey? source, PublicationId? publication, RejectionPosition? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LedgerRejection>>(
        [
            .. Rejections
                .Where(entry => (source is null || entry.Source == source) && (publication is null || entry.Publication == publication))
                .OrderByDescending(entry => entry.Position.Arrival)
                .ThenBy(entry => entry.Position.Number)
                .Where(entry => after is null
                    || entry.Position.Arrival < after.Arrival
                    || (entry.Position.Arrival == after.Arrival && entry.Position.Number > after.Number))
                .Take(limit),
        ]);

    public Task<IReadOnlyDictionary<SourceKey, int>> CountWaitingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<SourceKey, int>>(
            Publications.Where(publication => publication.State == PublicationState.Archived).CountBy(publication => publication.Source).ToDictionary());

    public Task<IReadOnlyList<SourceRuns>> ListSourceRunsAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<IReadOnlyList<SourceRuns>>(Runs) : throw Failure;

    public Task<IReadOnlyDictionary<SourceKey, DateTimeOffset>> ListNewestPeriodEndsAsync(SourceKey? source, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<SourceKey, DateTimeOffset>>(Publications
            .Where(publication => publication.Periods is not null && (source is null || publication.Source == source))
            .GroupBy(publication => publication.Source)
            .ToDictionary(group => group.Key, group => group.Max(publication => publication.Periods!.Value.End)));
    public Task<IReadOnlyDictionary<SourceKey, SourceStanding>> ReadStandingsAsync(DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<SourceKey, SourceStanding>>(Standings);

    public Task<IReadOnlyDictionary<SourceKey, long>> ListReferenceArrivalsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<SourceKey, long>>(ReferenceArrivals);

    public CollectedReference ReadReference() => throw OnlyRead();

    public Task<Publication> RegisterPublicationAsync(NewPublication publication, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<Publication> BarPublicationAsync(NewPublication publication, string reason, CancellationToken cancellationToken) => throw OnlyRead();
    public Task<Push?> FindPushAsync(SourceKey source, string idempotencyKey, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<Push> RegisterPushAsync(Push push, NewPublication publication, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<Publication> CompletePublicationAsync(SourceKey source, PublicationId id, PublicationCompletion completion, CancellationToken cancellationToken) =>
        throw OnlyRead();

    public Task<IReadOnlyList<Publication>> ListUnfinishedPublicationsAsync(SourceKey source, int parserVersion, CancellationToken cancellationToken) =>
        throw OnlyRead();

    public Task<IReadOnlyList<Publication>> ListPublicationsWithRejectionsAsync(SourceKey source, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Publication>>([.. Publications.Where(publication =>
            publication.Source == source && (publication.State == PublicationState.Refused || publication.Tally.RowsRejected + publication.Tally.CellsRejected > 0))]);

    public Task<IReadOnlyList<Publication>> AskForReplayAsync(
        SourceKey source, IReadOnlyList<PublicationId> publications, DateTimeOffset at, string actor, CancellationToken cancellationToken)
    {
        Actions.AddRange(publications.Select(id => new LedgerAction(at, actor, "replay", $"{source}/{id}", null)));
        return Task.FromResult<IReadOnlyList<Publication>>(
            [.. publications.Select(id => Publications.Single(publication => publication.Id == id)).Select(publication => publication with { ReplaysAsked = publication.Reading.Replay + 1 })]);
    }

    public Task EnterActionAsync(LedgerAction action, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<IReadOnlyList<LedgerAction>> ListActionsAsync(int limit, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<long> StartRunAsync(SourceKey source, DateTimeOffset startedAt, CancellationToken cancellationToken) => throw OnlyRead();

    public Task FinishRunAsync(long run, RunResult result, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<int> CloseInterruptedRunsAsync(SourceKey source, DateTimeOffset at, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<IReadOnlyList<Run>> ListRunsAsync(SourceKey source, int limit, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<KnownFetch?> FindFetchAsync(SourceKey source, string address, CancellationToken cancellationToken) => throw OnlyRead();

    public Task SaveFetchAsync(SourceKey source, string address, KnownFetch fetch, CancellationToken cancellationToken) => throw OnlyRead();

    private static NotSupportedException OnlyRead() => new("The API reads, and asks for replays.");
}
