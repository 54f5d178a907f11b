using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Api;

/// <summary>Nothing has been evaluated unless a test says so: levels are worked out when they are asked for.</summary>
internal sealed partial class FakeLedger
{
    public List<Evaluation> Evaluations { get; } = [];

    public List<TouchedSpan> Due { get; } = [];

    public Task AnnounceAsync(SourceKey source, PublicationId id, IReadOnlyList<TouchedSpan> spans, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<DueFigures> ReadDueAsync(CancellationToken cancellationToken) => Task.FromResult(new DueFigures(Due, null));

    public Task<IReadOnlyList<Evaluation>> ListEvaluationsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Evaluation>>(Evaluations);

    public Task<long> BeginEvaluationAsync(CancellationToken cancellationToken) => throw OnlyRead();

    public Task RecordReadingsAsync(long evaluation, RecordedReadings readings, CancellationToken cancellationToken) => throw OnlyRead();

    public Task CompleteEvaluationAsync(long evaluation, IReadOnlyList<Evaluation> evaluations, long? ticket, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<IReadOnlyList<ShownOutcome>> ReadReadingsAsync(ReadingQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ShownOutcome>>([]);

    public Task<IReadOnlyList<SteppedOutcome>> ReadHourlyReadingsAsync(ReadingQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SteppedOutcome>>([]);

    public Task<IReadOnlyDictionary<OrganisationCode, DateTimeOffset>> ListNewestCalculatedAsync(
        FrameworkVersion framework, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<OrganisationCode, DateTimeOffset>>(new Dictionary<OrganisationCode, DateTimeOffset>());
}
