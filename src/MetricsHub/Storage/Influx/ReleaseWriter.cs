using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Appends a release; whoever calls has the turn, and the memory knows everything. InfluxDB has no transactions; the order of the writes stands
/// in for one: the release is given its instant, opened, its statements go to history, it is closed in the ledger (that is the commit) and then
/// here, what is current by it is written, it is finished in the ledger, and only then is it known. What was broken off before the commit is
/// never seen; what was broken off after it, the next one who has the turn finishes.
/// </summary>
internal sealed class ReleaseWriter(
    InfluxClient client, ReleaseLog releases, StatementSource source, HistoryReader history, MemoryFollower follower, IReleaseClock clock, InfluxMemory memory, TimeProvider time)
{
    /// <exception cref="OvertakenException">This process has lost the turn, and nothing was stored.</exception>
    public async Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AppendPlan.Check(statements);
        var known = memory.Version;
        var earlier = await FindLastReadingAsync(release, cancellationToken);
        if (earlier is not null && earlier.Reading >= release.Reading)
        {
            return new AppendOutcome(false, (await FirstReadingAtLeastAsync(earlier, release, cancellationToken)).Recorded);
        }

        var stated = earlier is null ? statements : [.. statements, .. await WithdrawnAsync(earlier, statements, cancellationToken)];
        var span = stated.Count == 0 ? null : new StartSpan(stated.Min(statement => statement.Period.Start), stated.Max(statement => statement.Period.Start));
        var given = await clock.GiveAsync(release.Source, span, known, time.GetUtcNow(), cancellationToken);
        var written = new InfluxRelease(
            given.RecordedAt,
            release.Publication,
            release.Source,
            release.Reading,
            release.Order with { PublishedAt = release.Order.PublishedAt is { } date ? StoreTime.Truncate(date) : null },
            earlier?.RecordedAt,
            span);
        var changes = await WriteAsync(written, given, stated, cancellationToken);

        // A commit is not interrupted: whoever asked for it could not know how it ended.
        await clock.CloseAsync(written.RecordedAt, CancellationToken.None);
        await CompleteAsync(written, changes);
        return new AppendOutcome(true, written.Recorded);
    }

    /// <summary>Everything before the commit.</summary>
    /// <returns>What becomes current by it.</returns>
    private async Task<IReadOnlyList<StatementRow>> WriteAsync(
        InfluxRelease release, GivenRelease given, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        var mayBeWritten = false;
        try
        {
            var plan = await PlanAsync(release, given.Open, statements, cancellationToken);
            await releases.OpenAsync(release, cancellationToken);
            mayBeWritten = true;
            await WriteHistoryAsync(plan.History, cancellationToken);
            return plan.Changes;
        }
        catch (Exception exception) when (!mayBeWritten || exception is InfluxException)
        {
            // Every request was answered: nothing of it can come later, and its places are free.
            await clock.WithdrawAsync(release.RecordedAt, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Everything after the commit.</summary>
    private async Task CompleteAsync(InfluxRelease release, IReadOnlyList<StatementRow> changes)
    {
        try
        {
            await releases.CloseAsync(release, CancellationToken.None);
            await client.WriteAsync([.. changes.Select(row => row.ToCurrentLine(release.RecordedAt))], CancellationToken.None);
            await clock.FinishAsync(release.RecordedAt, CancellationToken.None);
        }
        catch (OvertakenException)
        {
            // It stands: another process has finished it.
            await follower.FollowAsync(CancellationToken.None);
            return;
        }

        await follower.KnowAsync(release, changes);
    }

    private async Task<AppendPlan> PlanAsync(
        InfluxRelease release, IReadOnlyList<StartSpan> open, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        HashSet<(SeriesKey Series, Period Period)> contested;
        lock (memory.Gate)
        {
            // After the newest period of its series nothing can have been said before.
            contested =
            [
                .. statements
                    .Where(statement => memory.NewestOf(statement.Series) is { } newest && statement.Period <= newest.Statement.Period)
                    .Select(statement => (statement.Series, statement.Period)),
            ];
        }

        var before = await history.ReadAsync(contested, cancellationToken);
        return AppendPlan.Make(release, open, statements, before.ToLookup(row => row.Key), await history.FindClosedAsync(before, cancellationToken));
    }

    private async Task<InfluxRelease?> FindLastReadingAsync(Release release, CancellationToken cancellationToken)
    {
        long? last;
        lock (memory.Gate)
        {
            last = memory.LastReading(release.Source.ToString(), release.Publication.ToString());
        }

        return last is { } name ? await FindAsync(name, cancellationToken) : null;
    }

    /// <summary>The earliest of the stored readings that the given one does not supersede.</summary>
    private async Task<InfluxRelease> FirstReadingAtLeastAsync(InfluxRelease last, Release release, CancellationToken cancellationToken)
    {
        var found = last;
        while (found.Before is { } name && await FindAsync(name, cancellationToken) is var earlier && earlier.Reading >= release.Reading)
        {
            found = earlier;
        }

        return found;
    }

    private async Task<InfluxRelease> FindAsync(long name, CancellationToken cancellationToken) =>
        await releases.FindAsync(name, cancellationToken) ?? throw new InfluxException($"{client.Access} has lost the release of {StoreTime.FromMicroseconds(name):O}.");

    // A reading states all that the one before it stated, withdrawn or not: so the earlier one can be left out of every ranking.
    private async Task<IEnumerable<Statement>> WithdrawnAsync(InfluxRelease earlier, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        var stated = statements.Select(statement => (statement.Series, statement.Period)).ToHashSet();
        return (await source.ReadReleaseAsync(earlier, cancellationToken))
            .Where(row => !stated.Contains(row.Key))
            .Select(row => new Statement(row.Series, row.Period, Figure.Absent(AbsenceCode.Withdrawn), row.Row));
    }

    private async Task WriteHistoryAsync(IReadOnlyList<StatementRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            await client.WriteAsync([.. rows.Select(row => row.ToHistoryLine())], cancellationToken);
        }
        catch (InfluxLinesException exception)
        {
            var refused = exception.Refused.Select(line => $"row {rows[line.Index].Row} ({rows[line.Index].Series}, {rows[line.Index].Period}): {line.Reason}");
            throw new InfluxException($"{client.Access} refused statements, so that nothing of the publication is stored: {string.Join(" | ", refused)}", exception);
        }
    }
}
