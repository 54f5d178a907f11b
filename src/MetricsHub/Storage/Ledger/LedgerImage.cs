using System.Data;
using System.Data.Common;

namespace MetricsHub.Storage.Ledger;

/// <summary>
/// A ledger as it stood when this was opened, table by table, whatever the tables mean. It does not change while it is read. Work runs on the
/// caller's thread.
/// </summary>
internal sealed class LedgerImage : IDisposable
{
    private readonly ILedgerCopying copying;
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    public LedgerImage(ILedgerCopying copying)
    {
        this.copying = copying;
        connection = copying.Connect();
        transaction = connection.BeginTransaction(IsolationLevel.Snapshot);
    }

    /// <summary>The columns of a table, in its own order.</summary>
    public IReadOnlyList<LedgerColumn> Columns(string table) => LedgerColumn.Of(connection, table);

    /// <summary>All rows, in the order of all columns, bytes of text by bytes; null comes first. Read one by one: take them while the image is open.</summary>
    public IEnumerable<object?[]> Rows(string table)
    {
        var columns = Columns(table);
        var order = columns.Select(column => $"{column.Name}{(column.IsText ? copying.BytewiseOrder : "")} NULLS FIRST");
        using var command = copying.Stream(connection, $"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM {table} ORDER BY {string.Join(", ", order)}");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var values = new object?[columns.Count];
            for (var at = 0; at < values.Length; at++)
            {
                values[at] = row.IsDBNull(at) ? null : columns[at].Read(row, at);
            }

            yield return values;
        }
    }

    /// <summary>How many rows a table has.</summary>
    public long Count(string table) => connection.QueryFirst($"SELECT count(*) FROM {table}", row => row.GetInt64(0));

    /// <summary>The number that a sequence gives next.</summary>
    public long Next(string sequence) => copying.ReadNext(connection, sequence);

    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }

    /// <summary>Makes a ledger what this image is: all of it or nothing.</summary>
    /// <exception cref="InvalidOperationException">The two have other columns.</exception>
    public void CopyTo(ILedgerCopying target)
    {
        using var there = target.Connect();
        using var change = there.BeginTransaction();
        foreach (var table in LedgerSchema.Tables)
        {
            Copy(table, target, there);
        }

        foreach (var sequence in LedgerSchema.Sequences)
        {
            target.SetNext(there, sequence, Next(sequence));
        }

        change.Commit();
    }

    private void Copy(string table, ILedgerCopying target, DbConnection there)
    {
        var columns = Columns(table);
        if (!columns.SequenceEqual(LedgerColumn.Of(there, table)))
        {
            throw new InvalidOperationException($"The table {table} has other columns on the other side.");
        }

        there.Execute($"DELETE FROM {table}");
        using var filler = target.Fill(there, table, [.. columns.Select(column => column.Name)]);
        foreach (var row in Rows(table))
        {
            filler.Add(row);
        }

        filler.Complete();
    }
}
