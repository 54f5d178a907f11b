using System.Globalization;
using DuckDB.NET.Data;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// Moves a month out of <c>statement_recent</c>: the current statements, sorted, into one table, the others into another, and the
/// roll-ups made anew. What was compacted of the month before is taken in again, so that it can be done as often as statements come.
/// </summary>
internal static class Compactor
{
    private const string NotReplaced = "(superseded_by IS NOT NULL), ";

    public static int Compact(DuckDBConnection connection, Period month, int version)
    {
        var statements = StatementSql.InRange("period_start", month.Start, month.End);
        var steps = StatementSql.InRange("step_start", month.Start, month.End);
        var start = StatementSql.Timestamp(month.Start);
        connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE ranked AS
            SELECT {StatementSql.Columns}, row_number() OVER (
                PARTITION BY series_id, period_start, period_end ORDER BY {NotReplaced}{StatementSql.ReleaseOrder}) AS place
            FROM (SELECT {StatementSql.Columns} FROM statement_current WHERE {statements}
                UNION ALL SELECT {StatementSql.Columns} FROM statement_recent WHERE {statements}
                UNION ALL SELECT {StatementSql.Columns} FROM statement_superseded WHERE {statements}) AS every
            JOIN release USING (release_id)
            """);
        var moved = connection.Execute($"DELETE FROM statement_recent WHERE {statements}");
        connection.Execute($"DELETE FROM statement_current WHERE {statements}");
        connection.Execute($"DELETE FROM statement_superseded WHERE {statements}");
        connection.Execute($"DELETE FROM rollup_hour WHERE {steps}");
        connection.Execute($"DELETE FROM rollup_day WHERE {steps}");
        connection.Execute($"DELETE FROM compacted_month WHERE month_start = {start}");
        connection.Execute(
            $"INSERT INTO statement_current SELECT {StatementSql.Columns} FROM ranked WHERE place = 1 ORDER BY series_id, period_start, period_end");
        connection.Execute(
            $"INSERT INTO statement_superseded SELECT {StatementSql.Columns} FROM ranked WHERE place > 1 ORDER BY series_id, period_start, period_end");
        connection.Execute(
            $"INSERT INTO rollup_hour SELECT * FROM ({StatementSql.Hourly("SELECT * FROM ranked WHERE place = 1")}) ORDER BY series_id, step_start");
        connection.Execute(
            $"""
            INSERT INTO rollup_day
            SELECT * FROM ({StatementSql.Longer($"SELECT * FROM rollup_hour WHERE {steps}", StatementSql.LondonDay)}) ORDER BY series_id, step_start
            """);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO compacted_month VALUES ({start}, {version})"));
        connection.Execute("DROP TABLE ranked");
        return moved;
    }
}
