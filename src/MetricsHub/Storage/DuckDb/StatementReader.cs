using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>Reads statements in order. The order is that of the series first, so that a page is read from a few series, not from all.</summary>
internal sealed class StatementReader(StoreView view, StatementQuery query)
{
    private const int FirstSeries = 8;

    private readonly Dictionary<int, (PublicationId Publication, DateTimeOffset RecordedAt)> releases = [];
    private readonly List<RecordedStatement> found = [];

    public IReadOnlyList<RecordedStatement> Read(DuckDBConnection connection)
    {
        var next = query.After is { } after
            ? view.Keys.TakeWhile(series => SeriesIndex.Compare(series, after.Series) < 0).Count()
            : 0;
        var step = query.Limit is null ? view.Ids.Length : FirstSeries;
        for (; next < view.Ids.Length && !(found.Count >= query.Limit); next += step, step *= 2)
        {
            var count = Math.Min(step, view.Ids.Length - next);
            ReadSome(connection, view.Ids.AsSpan(next, count), view.Keys.AsSpan(next, count));
        }

        return found;
    }

    private void ReadSome(DuckDBConnection connection, ReadOnlySpan<int> ids, ReadOnlySpan<SeriesKey> keys)
    {
        var condition = $"{StatementSql.OfSeries(ids, view.SeriesCount)} AND {StatementSql.InRange("period_start", query.From, query.To)}{AfterCondition()}";
        var statements = StatementSql.Current(condition, view.Version, view.StateOf(query.From, query.To));
        if (query.Limit is { } limit)
        {
            statements = string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT * FROM ({statements}) ORDER BY list_position([{StatementSql.List(ids)}], series_id), period_start, period_end LIMIT {limit - found.Count}");
        }

        var groups = new SeriesGroups<RecordedStatement>(ids, keys, view.SeriesCount);
        using var command = connection.Command(
            $"""
            SELECT series_id, epoch_us(period_start), epoch_us(period_end), value, absence, source_row, release_id, publication, epoch_us(recorded_at)
            FROM ({statements}) AS statements JOIN release USING (release_id)
            """);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var group = groups.Of(row.GetInt32(0));
            group.Rows.Add(ReadStatement(row, group.Series));
        }

        groups.EndPiece(ByPeriod, static (_, _) => null);
        groups.AppendTo(found);
    }

    private static int ByPeriod(RecordedStatement left, RecordedStatement right) =>
        left.Period.Start != right.Period.Start
            ? left.Period.Start.CompareTo(right.Period.Start)
            : left.Period.End.CompareTo(right.Period.End);

    private string AfterCondition()
    {
        if (query.After is not { } after || !view.TryGetId(after.Series, out var series))
        {
            return "";
        }

        var (start, end) = (StatementSql.Timestamp(after.Period.Start), StatementSql.Timestamp(after.Period.End));
        return string.Create(
            CultureInfo.InvariantCulture,
            $" AND (series_id <> {series} OR period_start > {start} OR (period_start = {start} AND period_end > {end}))");
    }

    private RecordedStatement ReadStatement(DbDataReader row, SeriesKey series)
    {
        var release = row.GetInt32(6);
        if (!releases.TryGetValue(release, out var known))
        {
            known = (new PublicationId(row.GetString(7)), StoreTime.FromMicroseconds(row.GetInt64(8)));
            releases.Add(release, known);
        }

        return new RecordedStatement(
            series,
            new Period(StoreTime.FromMicroseconds(row.GetInt64(1)), StoreTime.FromMicroseconds(row.GetInt64(2))),
            MemoryLoader.Figure(row, 3),
            row.GetInt32(5),
            known.Publication,
            known.RecordedAt);
    }
}
