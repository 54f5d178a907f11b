using System.Data.Common;

namespace MetricsHub.Storage;

/// <summary>
/// The disk under an embedded store fails or is full. Nothing that was acknowledged is lost. A write may have been done all the same: the
/// same one can be tried again.
/// </summary>
internal sealed class DiskException(string message, Exception? inner) : DbException(message, inner)
{
    public override bool IsTransient => true;
}
