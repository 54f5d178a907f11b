using DuckDB.NET.Data;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>Appends releases; used by one writer at a time. <see cref="Write"/> is one transaction, <see cref="Committed"/> follows it.</summary>
internal sealed class ReleaseAppender(StoreMemory memory, TimeProvider time)
{
    private readonly AppendPlan plan = new(memory);
    private StoredRelease? written;
    private List<(int Series, NewestStatement Newest)> replaced = [];

    public AppendOutcome Write(DuckDBConnection connection, Release release, IReadOnlyList<Statement> statements)
    {
        written = null;
        replaced = [];
        var earlier = FindReadings(connection, release);
        if (earlier.FirstOrDefault(stored => stored.Reading >= release.Reading) is { Id: > 0 } same)
        {
            // What an older reading states of it now was superseded before it came.
            plan.Make(statements);
            return new AppendOutcome(false, same.RecordedAt);
        }

        plan.Make(earlier.Count == 0 ? statements : WithWithdrawals(connection, statements, earlier[^1].Id));
        written = new StoredRelease(
            memory.Version + 1,
            release.Publication,
            release.Reading,
            release.Order with { PublishedAt = release.Order.PublishedAt is { } date ? StoreTime.Truncate(date) : null },
            memory.NextRecordedAt(time));
        WriteStatements(connection, written.Id);
        WriteSeries(connection);
        WriteRelease(connection, release.Source, written);
        if (earlier.Count > 0)
        {
            Supersede(connection, earlier[^1].Id, written.Id);
        }

        return new AppendOutcome(true, written.RecordedAt);
    }

    public void Committed()
    {
        if (written is null)
        {
            return;
        }

        lock (memory.Gate)
        {
            foreach (var series in plan.NewSeries)
            {
                memory.Series.Add(series);
            }

            var ids = plan.Ids;
            for (var index = 0; index < ids.Length; index++)
            {
                var statement = plan.Statements[index];
                memory.NewestOf(ids[index]).Offer(
                    statement.Period.Start.Ticks, statement.Period.End.Ticks, statement.Figure, statement.Row, written);
            }

            foreach (var (series, newest) in replaced)
            {
                memory.NewestOf(series) = newest;
            }

            Raise(plan.Starts, MonthState.Plain);
            Raise(plan.Contested, MonthState.Contested);
            memory.Remember(written.Publication.ToString());
            memory.LastRecordedAt = written.RecordedAt;
            memory.Version = written.Id;
        }
    }

    private void Raise(AppendPlan.Span span, MonthState state)
    {
        if (!span.IsEmpty)
        {
            memory.Months.Raise(new DateTimeOffset(span.First, TimeSpan.Zero), new DateTimeOffset(span.Last, TimeSpan.Zero), state);
        }
    }

    private List<(int Id, Reading Reading, DateTimeOffset RecordedAt)> FindReadings(DuckDBConnection connection, Release release) =>
        !memory.MayKnow(release.Publication)
            ? []
            : connection.Query(
                """
                SELECT release_id, parser_version, replay, epoch_us(recorded_at) FROM release
                WHERE publication = $1 AND source = $2 ORDER BY parser_version, replay
                """,
                row => (row.GetInt32(0), new Reading(row.GetInt32(1), row.GetInt32(2)), StoreTime.FromMicroseconds(row.GetInt64(3))),
                release.Publication.ToString(),
                release.Source.ToString());

    // A reading states all that the one before it stated, withdrawn or not: so the earlier one can be left out of every ranking.
    private List<Statement> WithWithdrawals(DuckDBConnection connection, IReadOnlyList<Statement> statements, int earlier)
    {
        var stated = statements.Select(statement => (statement.Series, statement.Period)).ToHashSet();
        var before = connection.Query(
            $"""
            SELECT series_id, epoch_us(period_start), epoch_us(period_end), source_row
            FROM (SELECT * FROM statement_current UNION ALL SELECT * FROM statement_recent UNION ALL SELECT * FROM statement_superseded)
            WHERE release_id = {earlier}
            """,
            row => new Statement(
                memory.Series[row.GetInt32(0)],
                new Period(StoreTime.FromMicroseconds(row.GetInt64(1)), StoreTime.FromMicroseconds(row.GetInt64(2))),
                Figure.Absent(AbsenceCode.Withdrawn),
                row.GetInt32(3)));
        return [.. statements, .. before.Where(statement => !stated.Contains((statement.Series, statement.Period)))];
    }

    private void WriteStatements(DuckDBConnection connection, int release)
    {
        using var appender = connection.CreateAppender("statement_recent");
        var ids = plan.Ids;
        for (var index = 0; index < ids.Length; index++)
        {
            var statement = plan.Statements[index];
            var row = appender.CreateRow()
                .AppendValue(ids[index])
                .AppendValue(statement.Period.Start.UtcDateTime)
                .AppendValue(statement.Period.End.UtcDateTime);
            row = statement.Figure.TryGetNumber(out var number)
                ? row.AppendValue(number).AppendNullValue()
                : row.AppendNullValue().AppendValue((byte)statement.Figure.Absence!.Value);
            row.AppendValue(release).AppendValue(statement.Row).EndRow();
        }
    }

    private void WriteSeries(DuckDBConnection connection)
    {
        if (plan.NewSeries.Count == 0)
        {
            return;
        }

        using var appender = connection.CreateAppender("series");
        for (var index = 0; index < plan.NewSeries.Count; index++)
        {
            var series = plan.NewSeries[index];
            appender.CreateRow()
                .AppendValue(memory.Series.Count + index + 1)
                .AppendValue(series.Metric.ToString())
                .AppendValue(series.Organisation.ToString())
                .EndRow();
        }
    }

    private void WriteRelease(DuckDBConnection connection, SourceKey source, StoredRelease release)
    {
        using var appender = connection.CreateAppender("release");
        appender.CreateRow()
            .AppendValue(release.Id)
            .AppendValue(release.Publication.ToString())
            .AppendValue(source.ToString())
            .AppendValue(release.Reading.ParserVersion)
            .AppendValue(release.Order.PublishedAt?.UtcDateTime)
            .AppendValue(release.Order.Revision)
            .AppendValue(release.Order.Arrival)
            .AppendValue(release.RecordedAt.UtcDateTime)
            .AppendNullValue()
            .AppendValue(release.Reading.Replay)
            .EndRow();
        if (!plan.Contested.IsEmpty)
        {
            connection.Execute("INSERT INTO contested VALUES ($1, $2, $3)", release.Id, new DateTime(plan.Contested.First), new DateTime(plan.Contested.Last));
        }
    }

    // The later reading may stand elsewhere among the releases, so that the newest statements cannot be told from memory alone.
    private void Supersede(DuckDBConnection connection, int earlier, int later)
    {
        connection.Execute("UPDATE release SET superseded_by = $1 WHERE release_id = $2", later, earlier);
        var touched = plan.Ids.ToArray().Distinct().ToArray();
        if (touched.Length > 0)
        {
            replaced = MemoryLoader.ReadNewest(connection, $"series_id IN ({StatementSql.List(touched)})");
        }
    }
}
