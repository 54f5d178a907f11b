using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage;

/// <summary>Where the bytes of publications are kept. What is there is there whole, and is never written again while it is there.</summary>
internal interface IArchiveStore
{
    /// <summary>Returns when the bytes are on the disk. A publication that is there already is kept as it is.</summary>
    /// <returns>The length of what is kept.</returns>
    /// <exception cref="IOException">It could not be written to a disk.</exception>
    /// <exception cref="System.Data.Common.DbException">It could not be written to a database.</exception>
    Task<long> WriteAsync(PublicationId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    Task<bool> ContainsAsync(PublicationId id, CancellationToken cancellationToken);

    /// <exception cref="FileNotFoundException">The publication is not archived.</exception>
    /// <exception cref="IOException">What is there is not what was written.</exception>
    Task<byte[]> ReadAsync(PublicationId id, CancellationToken cancellationToken);

    /// <summary>Every publication that is archived, in the order of the ids.</summary>
    Task<IReadOnlyList<PublicationId>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes the bytes of a publication for good; one that is not archived stays so.</summary>
    /// <returns>The length of what was removed; null where nothing was there.</returns>
    Task<long?> RemoveAsync(PublicationId id, CancellationToken cancellationToken);
}
