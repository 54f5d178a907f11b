using System.Security.Cryptography;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <param name="Id">The SHA-256 of the bytes that the publisher sent.</param>
/// <param name="Length">The length of what is archived: those bytes less the personal columns.</param>
internal sealed record Archived(PublicationId Id, long Length);

/// <summary>
/// Keeps the bytes of every publication before anything reads them. Nothing gets in that the patient-data gate has not looked through;
/// what was archived is never written again.
/// </summary>
internal sealed class Archive(IArchiveStore store)
{
    /// <summary>
    /// Archives a publication and returns when it is on the disk. A publication that is archived already is kept as it is.
    /// </summary>
    /// <param name="personalColumns">Columns whose cells are emptied on the way; only comma-separated text can have them. They never reach the disk.</param>
    /// <exception cref="PatientDataException">It holds data about single people; nothing was written.</exception>
    /// <exception cref="Sources.PublicationFormatException">It has more than <paramref name="maximumBytes"/>, or its personal columns cannot be found and cut.</exception>
    /// <exception cref="IOException">It could not be written to a disk.</exception>
    /// <exception cref="System.Data.Common.DbException">It could not be written to a database.</exception>
    public async Task<Archived> StoreAsync(Stream original, IReadOnlyList<string> personalColumns, long maximumBytes, CancellationToken cancellationToken)
    {
        // In memory, because it must not reach the disk before the gate has seen all of it.
        using var content = new MemoryStream();
        var id = await CopyAsync(original, content, personalColumns, maximumBytes, cancellationToken);
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        if (PatientDataCheck.Find(bytes, personalColumns) is { } finding)
        {
            throw new PatientDataException(id, finding);
        }

        return new Archived(id, await store.WriteAsync(id, bytes, cancellationToken));
    }

    public Task<bool> ContainsAsync(PublicationId id, CancellationToken cancellationToken) => store.ContainsAsync(id, cancellationToken);

    /// <exception cref="FileNotFoundException">The publication is not archived.</exception>
    public Task<byte[]> ReadAsync(PublicationId id, CancellationToken cancellationToken) => store.ReadAsync(id, cancellationToken);

    private static async Task<PublicationId> CopyAsync(
        Stream original, MemoryStream content, IReadOnlyList<string> personalColumns, long maximumBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var cutter = personalColumns.Count == 0 ? null : new PersonalColumns(personalColumns, content);
        var buffer = new byte[81_920];
        var total = 0L;
        for (int read; (read = await original.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            total += read;
            if (total > maximumBytes)
            {
                throw new Sources.PublicationFormatException($"at most {maximumBytes} bytes", "more");
            }

            hash.AppendData(buffer, 0, read);
            if (cutter is null)
            {
                content.Write(buffer, 0, read);
            }
            else
            {
                cutter.Write(buffer.AsSpan(0, read));
            }
        }

        cutter?.Complete();
        return new PublicationId(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
