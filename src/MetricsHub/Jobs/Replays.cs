using Hangfire;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Jobs;

/// <summary>Takes requests to read publications again from their archived bytes.</summary>
internal sealed class Replays(ILedger ledger, Archive archive, IBackgroundJobClient jobs, TimeProvider clock)
{
    /// <summary>Whether there are bytes to read again.</summary>
    public Task<bool> CanReplayAsync(PublicationId id, CancellationToken cancellationToken) => archive.ContainsAsync(id, cancellationToken);

    /// <summary>Asks for replays of one source's publications, all of which can be; durable when it returns, done soon after.</summary>
    /// <param name="actor">Who asks.</param>
    /// <returns>The publications as they stand, each with the number of the replay asked for.</returns>
    public async Task<IReadOnlyList<Publication>> AskAsync(
        SourceKey source, IReadOnlyList<PublicationId> publications, string actor, CancellationToken cancellationToken)
    {
        var asked = await ledger.AskForReplayAsync(source, publications, clock.GetUtcNow(), actor, cancellationToken);
        if (asked.Count > 0)
        {
            jobs.Enqueue<ReplayJob>(job => job.RunAsync(source.ToString(), CancellationToken.None));
        }

        return asked;
    }
}
