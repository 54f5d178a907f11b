using System.Data.Common;
using System.Globalization;

namespace MetricsHub.Storage.DuckDb;

/// <summary>Sequences of a DuckDB file, which DuckDB can tell of and make anew, but not set.</summary>
internal static class DuckDbSequence
{
    /// <summary>The number that a sequence of the connection's own file gives next.</summary>
    public static long ReadNext(DbConnection connection, string sequence) => connection.QueryFirst(
        "SELECT coalesce(last_value + increment_by, start_value) FROM duckdb_sequences() WHERE sequence_name = $1 AND database_name = current_database()",
        row => row.GetInt64(0),
        sequence);

    /// <param name="sequence">The name; with a database before it where it is not the connection's own file.</param>
    public static void SetNext(DbConnection connection, string sequence, long next) =>
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"CREATE OR REPLACE SEQUENCE {sequence} START WITH {next}"));
}
