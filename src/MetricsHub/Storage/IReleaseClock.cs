using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage;

/// <summary>
/// The order of the releases of a store that several processes append to and that has no transactions of its own. A release is given an
/// instant, closed (that is the commit) and finished (from then on it can be read), each in a transaction of the ledger, which fails where
/// another process has gone on meanwhile. Whoever changes the store has the turn; what is checked here holds also for one who has lost it
/// without noticing. Instants are microseconds since 1970.
/// </summary>
internal interface IReleaseClock
{
    Task<ReleaseStanding> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Gives a release its instant: now, but later than every one that was given before, even where a clock was set back.</summary>
    /// <param name="span">From the first to the last start of its periods; null where it states nothing.</param>
    /// <param name="known">Up to where the caller knows everything.</param>
    /// <exception cref="OvertakenException">There is more than the caller knows.</exception>
    Task<GivenRelease> GiveAsync(SourceKey source, StartSpan? span, long known, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes back a release of which nothing can be written any more.</summary>
    Task WithdrawAsync(long release, CancellationToken cancellationToken);

    /// <summary>Commits the release that was given last.</summary>
    /// <exception cref="OvertakenException">It is not the last one any more: it will never be committed.</exception>
    Task CloseAsync(long release, CancellationToken cancellationToken);

    /// <summary>Enters that everything which the last release changed is written as current since an instant.</summary>
    /// <exception cref="OvertakenException">Another process does that, or has done it, since a later instant.</exception>
    Task FinishAsync(long since, CancellationToken cancellationToken);

    /// <summary>Takes over what another process has closed and not finished. What that one may still write is not believed from now on.</summary>
    /// <returns>Since which instant it is to be written.</returns>
    /// <exception cref="OvertakenException">It does not stand as it was seen any more.</exception>
    Task<long> TakeOverAsync(ReleaseStanding seen, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes up a store that was written without this ledger; its last closed release counts as not finished.</summary>
    /// <param name="given">The last instant that was given there.</param>
    /// <param name="closed">The last release that is closed there; 0 where none is.</param>
    Task AdoptAsync(long given, long closed, CancellationToken cancellationToken);
}

/// <param name="Closed">The last release that is committed; 0 before the first.</param>
/// <param name="Finishing">Since which instant what it changed is, or is to be, written as current.</param>
/// <param name="Finished">Up to where everything can be read.</param>
/// <param name="Overtaken">What is current since one of these may have been written too late: it is not believed.</param>
internal sealed record ReleaseStanding(long Closed, long Finishing, long Finished, IReadOnlySet<long> Overtaken)
{
    public bool IsFinished => Finished == Finishing;
}

/// <param name="RecordedAt">Its instant.</param>
/// <param name="Open">What other releases of its source speak of that were given an instant before and not committed: they may still be written.</param>
internal sealed record GivenRelease(long RecordedAt, IReadOnlyList<StartSpan> Open);

/// <summary>From the first to the last start of some periods, both inclusive.</summary>
internal sealed record StartSpan(DateTimeOffset First, DateTimeOffset Last)
{
    public bool Contains(DateTimeOffset start) => First <= start && start <= Last;
}
