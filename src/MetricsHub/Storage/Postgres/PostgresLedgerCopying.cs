using System.Data.Common;
using MetricsHub.Storage.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace MetricsHub.Storage.Postgres;

/// <summary>Copies of a ledger that is in PostgreSQL.</summary>
internal sealed class PostgresLedgerCopying(PostgresDatabase database) : ILedgerCopying
{
    public string BytewiseOrder => " COLLATE \"C\"";

    public DbConnection Connect()
    {
        var connection = database.Connect();
        connection.Execute("SET statement_timeout = 0");
        connection.Execute("SET idle_in_transaction_session_timeout = 0");
        return connection;
    }

    public DbCommand Stream(DbConnection connection, string sql)
    {
        var command = connection.Command(sql);
        command.CommandTimeout = 0;
        return command;
    }

    public long ReadNext(DbConnection connection, string sequence) =>
        connection.QueryFirst($"SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM {sequence}", row => row.GetInt64(0));

    public void SetNext(DbConnection connection, string sequence, long next) =>
        connection.Execute("SELECT setval(CAST($1 AS regclass), $2, false)", sequence, next);

    public ILedgerFiller Fill(DbConnection connection, string table, IReadOnlyList<string> columns) =>
        new Filler(((NpgsqlConnection)connection).BeginBinaryImport($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)"));

    private sealed class Filler : ILedgerFiller
    {
        private readonly NpgsqlBinaryImporter importer;

        public Filler(NpgsqlBinaryImporter importer)
        {
            this.importer = importer;
            importer.Timeout = TimeSpan.Zero;
        }

        public void Add(IReadOnlyList<object?> row)
        {
            importer.StartRow();
            foreach (var value in row)
            {
                Write(value);
            }
        }

        public void Complete() => importer.Complete();

        public void Dispose() => importer.Dispose();

        private void Write(object? value)
        {
            switch (value)
            {
                case null:
                    importer.WriteNull();
                    break;
                case DateTime instant:
                    // Without a kind, or Npgsql would take it for one with a zone.
                    importer.Write(DateTime.SpecifyKind(instant, DateTimeKind.Unspecified), NpgsqlDbType.Timestamp);
                    break;
                case DateOnly day:
                    importer.Write(day, NpgsqlDbType.Date);
                    break;
                case string text:
                    importer.Write(text, NpgsqlDbType.Text);
                    break;
                case long number:
                    importer.Write(number, NpgsqlDbType.Bigint);
                    break;
                case int number:
                    importer.Write(number, NpgsqlDbType.Integer);
                    break;
                case double number:
                    importer.Write(number, NpgsqlDbType.Double);
                    break;
                case bool truth:
                    importer.Write(truth, NpgsqlDbType.Boolean);
                    break;
                default:
                    throw new ArgumentException($"A {value.GetType()} is in no column.", nameof(value));
            }
        }
    }
}
