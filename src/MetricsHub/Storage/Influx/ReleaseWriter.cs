using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Appends releases, one at a time. InfluxDB has no transactions; the order of the writes stands in for one: the release is opened, its
/// statements go to history, the release is closed (that is the commit), what is current by it is written, and only then is it known here.
/// What was broken off before the close is never seen; what was broken off after it is finished before anything else is written.
/// </summary>
internal sealed class ReleaseWriter(InfluxClient client, ReleaseLog releases, StatementSource source, StatementReader reader, InfluxMemory memory, TimeProvider time)
{
    private (InfluxRelease Release, IReadOnlyList<StatementRow> Changes)? unfinished;

    public async Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await FinishAsync();
        AppendPlan.Check(statements);
        var earlier = await FindLastReadingAsync(release, cancellationToken);
        if (earlier is not null && earlier.Reading >= release.Reading)
        {
            return new AppendOutcome(false, (await FirstReadingAtLeastAsync(earlier, release, cancellationToken)).Recorded);
        }

        var stated = earlier is null ? statements : [.. statements, .. await WithdrawnAsync(earlier, statements, cancellationToken)];
        var written = new InfluxRelease(
            memory.Give(time),
            release.Publication,
            release.Source,
            release.Reading,
            release.Order with { PublishedAt = release.Order.PublishedAt is { } date ? StoreTime.Truncate(date) : null },
            earlier?.RecordedAt,
            stated.Count == 0 ? null : (stated.Min(statement => statement.Period.Start), stated.Max(statement => statement.Period.Start)));
        var plan = await PlanAsync(written, stated, cancellationToken);
        await releases.OpenAsync(written, cancellationToken);
        await WriteHistoryAsync(plan.History, cancellationToken);
        unfinished = (written, plan.Changes);

        // A commit is not interrupted: whoever asked for it could not know how it ended.
        await FinishAsync();
        return new AppendOutcome(true, written.Recorded);
    }

    /// <summary>Does the second half of an append again, after a start: it may not have come to its end.</summary>
    public async Task FinishAsync(InfluxRelease closed, CancellationToken cancellationToken)
    {
        var rows = await source.ReadReleaseAsync(closed, cancellationToken);
        var statements = rows.ConvertAll(row => new Statement(row.Series, row.Period, row.Figure, row.Row));
        var before = await ReadHistoryAsync(statements, cancellationToken);
        var known = await FindClosedAsync(before, cancellationToken);
        var changes = before.Where(row => known.ContainsKey(row.Release)).GroupBy(row => row.Key).Select(some => StatementSource.Current(some, known));
        await client.WriteAsync([.. changes.Select(row => row.ToCurrentLine(closed.RecordedAt))], cancellationToken);
    }

    private async Task FinishAsync()
    {
        if (unfinished is not var (release, changes))
        {
            return;
        }

        await releases.CloseAsync(release, CancellationToken.None);
        await client.WriteAsync([.. changes.Select(row => row.ToCurrentLine(release.RecordedAt))], CancellationToken.None);
        var statements = await reader.ToStatementsAsync(changes, CancellationToken.None);
        lock (memory.Gate)
        {
            foreach (var statement in statements)
            {
                memory.Offer(statement);
            }

            memory.Closed(release.Source.ToString(), release.Publication.ToString(), release.RecordedAt);
        }

        unfinished = null;
    }

    private async Task<AppendPlan> PlanAsync(InfluxRelease release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        List<Statement> contested;
        lock (memory.Gate)
        {
            // After the newest period of its series nothing can have been said before.
            contested = [.. statements.Where(statement => memory.NewestOf(statement.Series) is { } newest && statement.Period <= newest.Statement.Period)];
        }

        var before = await ReadHistoryAsync(contested, cancellationToken);
        return AppendPlan.Make(release, statements, before.ToLookup(row => row.Key), await FindClosedAsync(before, cancellationToken));
    }

    private async Task<List<StatementRow>> ReadHistoryAsync(List<Statement> statements, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
        {
            return [];
        }

        var keys = statements.Select(statement => (statement.Series, statement.Period)).ToHashSet();
        var filter = new SeriesFilter(
            [.. statements.Select(statement => statement.Series).Distinct()],
            statements.Min(statement => statement.Period.Start),
            statements.Max(statement => statement.Period.Start).AddTicks(1));
        return (await source.ReadHistoryAsync(filter, cancellationToken)).FindAll(row => keys.Contains(row.Key));
    }

    private Task<Dictionary<long, InfluxRelease>> FindClosedAsync(List<StatementRow> rows, CancellationToken cancellationToken) =>
        releases.FindAsync(rows.Select(row => row.Release).ToHashSet(), rows.Select(row => row.Source).ToHashSet(), cancellationToken);

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
