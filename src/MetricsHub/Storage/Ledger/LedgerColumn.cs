using System.Data.Common;

namespace MetricsHub.Storage.Ledger;

/// <summary>A column of a ledger's table, by what it holds: the same on every database.</summary>
internal sealed record LedgerColumn(string Name, Type Holds)
{
    public bool IsText => Holds == typeof(string);

    /// <summary>In the order in which the table has them.</summary>
    /// <exception cref="NotSupportedException">One is of a type that no ledger has had so far.</exception>
    public static IReadOnlyList<LedgerColumn> Of(DbConnection connection, string table) => connection.Query(
        "SELECT column_name, lower(data_type) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        row => new LedgerColumn(row.GetString(0), TypeOf(table, row.GetString(1))),
        table);

    public object Read(DbDataReader row, int at) =>
        Holds == typeof(string) ? row.GetString(at)
        : Holds == typeof(long) ? row.GetInt64(at)
        : Holds == typeof(int) ? row.GetInt32(at)
        : Holds == typeof(double) ? row.GetDouble(at)
        : Holds == typeof(bool) ? row.GetBoolean(at)
        : Holds == typeof(DateOnly) ? row.GetFieldValue<DateOnly>(at)
        : row.GetDateTime(at);

    // In the words of DuckDB and of PostgreSQL.
    private static Type TypeOf(string table, string name) => name switch
    {
        "varchar" or "text" => typeof(string),
        "bigint" => typeof(long),
        "integer" => typeof(int),
        "double" or "double precision" => typeof(double),
        "boolean" => typeof(bool),
        "date" => typeof(DateOnly),
        "timestamp" or "timestamp without time zone" => typeof(DateTime),
        _ => throw new NotSupportedException($"A column of {table} is {name}, which cannot be copied yet."),
    };
}
