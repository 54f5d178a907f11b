using System.Data.Common;
using DuckDB.NET.Data;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.DuckDb;

/// <summary>Builds from the file, at start, what the store keeps in memory.</summary>
internal static class MemoryLoader
{
    private const string AnyStatement =
        """
        SELECT * FROM statement_current UNION ALL SELECT * FROM statement_recent UNION ALL SELECT * FROM statement_superseded
        """;

    public static StoreMemory Load(DuckDBConnection connection)
    {
        var memory = new StoreMemory();
        foreach (var key in connection.Query("SELECT metric, organisation FROM series ORDER BY series_id", SeriesKey))
        {
            memory.Series.Add(key);
        }

        foreach (var publication in connection.Query("SELECT publication FROM release", row => row.GetString(0)))
        {
            memory.Remember(publication);
        }

        (memory.Version, memory.LastRecordedAt) = connection.QueryFirst(
            "SELECT coalesce(max(release_id), 0), coalesce(epoch_us(max(recorded_at)), 0) FROM release",
            row => (row.GetInt32(0), StoreTime.FromMicroseconds(row.GetInt64(1))));
        LoadMonths(connection, memory.Months);
        foreach (var (series, newest) in ReadNewest(connection, "true"))
        {
            memory.NewestOf(series) = newest;
        }

        return memory;
    }

    /// <summary>The newest statement of every series of a condition, without sorting anything but the few that are newest.</summary>
    public static List<(int Series, NewestStatement Newest)> ReadNewest(DuckDBConnection connection, string condition)
    {
        var newest = new Dictionary<int, NewestStatement>();
        connection.Query(
            $"""
            WITH every AS ({AnyStatement}),
            extent AS (SELECT series_id, min(period_start) AS earliest, max(period_end) AS latest FROM every WHERE {condition} GROUP BY 1)
            SELECT series_id, epoch_us(earliest), epoch_us(period_start), epoch_us(period_end), value, absence, source_row, release_id,
                publication, parser_version, replay, epoch_us(published_at), revision, arrival, epoch_us(recorded_at)
            FROM every JOIN extent USING (series_id) JOIN release USING (release_id)
            WHERE {condition} AND period_end = latest AND superseded_by IS NULL
            """,
            row =>
            {
                var series = row.GetInt32(0);
                var best = newest.GetValueOrDefault(series);
                best.Offer(Ticks(row, 2), Ticks(row, 3), Figure(row, 4), row.GetInt32(6), Release(row, 7));
                best.FirstStart = Ticks(row, 1);
                newest[series] = best;
                return series;
            });
        return [.. newest.Select(entry => (entry.Key, entry.Value))];
    }

    public static Figure Figure(DbDataReader row, int value) =>
        row.IsDBNull(value)
            ? Domain.Observations.Figure.Absent((AbsenceCode)row.GetByte(value + 1))
            : Domain.Observations.Figure.Of(row.GetDouble(value));

    private static void LoadMonths(DuckDBConnection connection, MonthStates months)
    {
        var compacted = connection
            .Query("SELECT epoch_us(month_start), release_id FROM compacted_month", row => (Start: Instant(row), Release: row.GetInt32(1)))
            .ToDictionary(month => month.Start, month => month.Release);
        foreach (var start in compacted.Keys)
        {
            months.Compacted(start);
        }

        // A month starts at an hour, so that hours say exactly which months there are.
        foreach (var hour in connection.Query("SELECT DISTINCT epoch_us(date_trunc('hour', period_start)) FROM statement_recent", Instant))
        {
            months.Raise(hour, hour, MonthState.Plain);
        }

        // By days, for their number is bounded and that of the releases is not; a day too much at the end is no harm.
        var contested = connection.Query(
            """
            SELECT epoch_us(date_trunc('day', first_start)), epoch_us(date_trunc('day', last_start) + INTERVAL 1 DAY), max(release_id)
            FROM contested GROUP BY 1, 2
            """,
            row => (First: Instant(row), Last: StoreTime.FromMicroseconds(row.GetInt64(1)), Release: row.GetInt32(2)));
        foreach (var span in contested)
        {
            months.Raise(span.First, span.Last, MonthState.Contested, month => span.Release > compacted.GetValueOrDefault(month));
        }
    }

    private static DateTimeOffset Instant(DbDataReader row) => StoreTime.FromMicroseconds(row.GetInt64(0));

    private static SeriesKey SeriesKey(DbDataReader row) => new(new MetricKey(row.GetString(0)), new OrganisationCode(row.GetString(1)));

    private static StoredRelease Release(DbDataReader row, int at) => new(
        row.GetInt32(at),
        new PublicationId(row.GetString(at + 1)),
        new Reading(row.GetInt32(at + 2), row.GetInt32(at + 3)),
        new ReleaseOrder(row.IsDBNull(at + 4) ? null : StoreTime.FromMicroseconds(row.GetInt64(at + 4)), row.GetInt32(at + 5), row.GetInt64(at + 6)),
        StoreTime.FromMicroseconds(row.GetInt64(at + 7)));

    private static long Ticks(DbDataReader row, int at) => StoreTime.FromMicroseconds(row.GetInt64(at)).Ticks;
}
