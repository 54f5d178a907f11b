using DuckDB.NET.Data;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// A copy of a database as of one instant, table by table in one transaction. DuckDB's own COPY FROM DATABASE wants to change settings within a
/// transaction, which are locked, and nothing says that it would be of one instant without one.
/// </summary>
internal static class DuckDbCopy
{
    private const string Copy = "copy";

    /// <param name="path">A file with the same schema, in the folder that SQL may reach; nobody has it open.</param>
    /// <returns>The work, for a connection on which nothing else is under way.</returns>
    public static Func<DuckDBConnection, bool> To(string path) => connection =>
    {
        connection.Execute($"ATTACH '{path.Replace("'", "''", StringComparison.Ordinal)}' AS {Copy}");
        try
        {
            Fill(connection);
        }
        finally
        {
            connection.Execute($"DETACH {Copy}");
        }

        return true;
    };

    private static void Fill(DuckDBConnection connection)
    {
        using var instant = connection.BeginTransaction();
        foreach (var table in connection.Query("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()", row => row.GetString(0)))
        {
            connection.Execute($"DELETE FROM {Copy}.main.{table}");
            connection.Execute($"INSERT INTO {Copy}.main.{table} BY NAME SELECT * FROM {table}");
        }

        foreach (var sequence in connection.Query("SELECT sequence_name FROM duckdb_sequences() WHERE database_name = current_database()", row => row.GetString(0)))
        {
            DuckDbSequence.SetNext(connection, $"{Copy}.main.{sequence}", DuckDbSequence.ReadNext(connection, sequence));
        }

        instant.Commit();
    }
}
