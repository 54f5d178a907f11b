using System.Data.Common;
using DuckDB.NET.Data;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Storage.DuckDb;

/// <summary>Copies of a ledger that is in a DuckDB file. Text is ordered by its bytes there anyway.</summary>
internal sealed class DuckDbLedgerCopying(DuckDbFile file) : ILedgerCopying
{
    public string BytewiseOrder => "";

    public DbConnection Connect() => file.Connect();

    public DbCommand Stream(DbConnection connection, string sql)
    {
        var command = (DuckDBCommand)connection.Command(sql);
        command.UseStreamingMode = true;
        return command;
    }

    public long ReadNext(DbConnection connection, string sequence) => DuckDbSequence.ReadNext(connection, sequence);

    public void SetNext(DbConnection connection, string sequence, long next) => DuckDbSequence.SetNext(connection, sequence, next);

    public ILedgerFiller Fill(DbConnection connection, string table, IReadOnlyList<string> columns) =>
        new Filler(((DuckDBConnection)connection).CreateAppender(table));

    private sealed class Filler(DuckDBAppender appender) : ILedgerFiller
    {
        public void Add(IReadOnlyList<object?> row)
        {
            var into = appender.CreateRow();
            foreach (var value in row)
            {
                into = value switch
                {
                    null => into.AppendNullValue(),
                    string text => into.AppendValue(text),
                    long number => into.AppendValue(number),
                    int number => into.AppendValue(number),
                    double number => into.AppendValue(number),
                    bool truth => into.AppendValue(truth),
                    DateOnly day => into.AppendValue(day),
                    DateTime instant => into.AppendValue(instant),
                    _ => throw new ArgumentException($"A {value.GetType()} is in no column.", nameof(row)),
                };
            }

            into.EndRow();
        }

        public void Complete() => appender.Close();

        public void Dispose() => appender.Dispose();
    }
}
