using System.Data.Common;

namespace MetricsHub.Storage.Ledger;

/// <summary>What copying a whole ledger needs of its database, beyond the SQL that all of them share.</summary>
internal interface ILedgerCopying
{
    /// <summary>What follows a column of text in ORDER BY, so that every database has the same order: that of the bytes.</summary>
    string BytewiseOrder { get; }

    /// <summary>A connection of the caller's own, on which nothing is cut off for taking long.</summary>
    DbConnection Connect();

    /// <summary>A query whose rows are read one by one, however many there are.</summary>
    DbCommand Stream(DbConnection connection, string sql);

    /// <summary>The number that the sequence gives next.</summary>
    long ReadNext(DbConnection connection, string sequence);

    void SetNext(DbConnection connection, string sequence, long next);

    /// <summary>Takes rows into a table, faster than INSERT does. They are there when the filler has been disposed of after <see cref="ILedgerFiller.Complete"/>.</summary>
    /// <param name="columns">The columns of the table, in its own order.</param>
    ILedgerFiller Fill(DbConnection connection, string table, IReadOnlyList<string> columns);
}

internal interface ILedgerFiller : IDisposable
{
    /// <param name="row">In the order of the columns; of the types that <see cref="LedgerImage"/> reads.</param>
    void Add(IReadOnlyList<object?> row);

    void Complete();
}
