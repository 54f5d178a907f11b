using System.Data.Common;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// The disk under a database file fails or is full. Nothing that was acknowledged is lost. A write may have been done all the same: the
/// same one can be tried again.
/// </summary>
internal sealed class DuckDbDiskException(string message, Exception? inner) : DbException(message, inner)
{
    public override bool IsTransient => true;
}
