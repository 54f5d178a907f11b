using DuckDB.NET.Data;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Benchmarks.Storage;

/// <summary>
/// What a program without MetricsHub would do with its best means: the appender into a table without keys, a table sorted by series,
/// roll-ups, a table of latest values, plain SQL and a plain reader. The same columns, and as durable.
/// </summary>
internal sealed class BareDuckDb : IDisposable
{
    private const string Columns =
        "series_id INTEGER, period_start TIMESTAMP, period_end TIMESTAMP, value DOUBLE, absence UTINYINT, release_id INTEGER, source_row INTEGER";

    private readonly DuckDBConnection connection;
    private readonly Dictionary<SeriesKey, int> ids;

    public BareDuckDb(string path, IReadOnlyList<SeriesKey> series)
    {
        connection = new DuckDBConnection($"Data Source={path};memory_limit=512MB;autoinstall_known_extensions=false;autoload_known_extensions=false");
        connection.Open();
        ids = series.Select((key, index) => (key, index)).ToDictionary(entry => entry.key, entry => entry.index + 1);
        Execute($"CREATE TABLE statement ({Columns})");
    }

    public int IdOf(SeriesKey series) => ids[series];

    /// <param name="rows">Rows that need no look-up any more.</param>
    public void Append(int release, List<Row> rows)
    {
        using var transaction = connection.BeginTransaction();
        using (var appender = connection.CreateAppender("statement"))
        {
            foreach (var row in rows)
            {
                appender.CreateRow()
                    .AppendValue(row.Series)
                    .AppendValue(row.Start)
                    .AppendValue(row.End)
                    .AppendValue(row.Number)
                    .AppendNullValue()
                    .AppendValue(release)
                    .AppendValue(row.SourceRow)
                    .EndRow();
            }
        }

        transaction.Commit();
    }

    public List<Row> Rows(List<Statement> statements) =>
    [
        .. statements.Select(statement => new Row(
            ids[statement.Series],
            statement.Period.Start.UtcDateTime,
            statement.Period.End.UtcDateTime,
            statement.Figure.TryGetNumber(out var number) ? number : double.NaN,
            statement.Row)),
    ];

    public void Checkpoint() => Execute("CHECKPOINT");

    public void SortAndRollUp()
    {
        Execute("CREATE TABLE sorted AS SELECT * FROM statement ORDER BY series_id, period_start");
        foreach (var step in (string[])["hour", "day"])
        {
            Execute(
                $"""
                CREATE TABLE by_{step} AS
                SELECT series_id, date_trunc('{step}', period_start) AS step_start, count(value)::INTEGER AS numbers,
                    (count(*) - count(value))::INTEGER AS absences, sum(value) AS total, min(value) AS minimum, max(value) AS maximum,
                    arg_max(value, period_start) AS last
                FROM sorted GROUP BY 1, 2 ORDER BY 1, 2
                """);
        }

        Execute("CREATE TABLE latest AS SELECT series_id, max(period_start) AS period_start, arg_max(value, period_start) AS value FROM sorted GROUP BY 1 ORDER BY 1");
        Checkpoint();
    }

    public List<(int Series, DateTime Start, double Number)> Latest()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT series_id, period_start, value FROM latest";
        using var reader = command.ExecuteReader();
        var rows = new List<(int, DateTime, double)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt32(0), reader.GetDateTime(1), reader.GetDouble(2)));
        }

        return rows;
    }

    /// <param name="step">hour or day.</param>
    public List<StepRow> Steps(string step, IEnumerable<int> series, DateTimeOffset from, DateTimeOffset to)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT series_id, step_start, numbers, absences, total, minimum, maximum, last FROM by_{step}
            WHERE series_id IN ({string.Join(',', series)}) AND step_start >= TIMESTAMP '{from:yyyy-MM-dd HH:mm:ss}' AND step_start < TIMESTAMP '{to:yyyy-MM-dd HH:mm:ss}'
            """;
        using var reader = command.ExecuteReader();
        var rows = new List<StepRow>();
        while (reader.Read())
        {
            rows.Add(new StepRow(
                reader.GetInt32(0), reader.GetDateTime(1), reader.GetInt32(2), reader.GetInt32(3),
                reader.GetDouble(4), reader.GetDouble(5), reader.GetDouble(6), reader.GetDouble(7)));
        }

        return rows;
    }

    public void Dispose() => connection.Dispose();

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal readonly record struct Row(int Series, DateTime Start, DateTime End, double Number, int SourceRow);

    internal readonly record struct StepRow(
        int Series, DateTime Start, int Count, int Absences, double Sum, double Minimum, double Maximum, double Last);
}
