using System.Security.Cryptography;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Collection;

/// <param name="Id">The SHA-256 of the bytes that the publisher sent.</param>
/// <param name="Length">The length of what is archived: those bytes less the personal columns.</param>
internal sealed record Archived(PublicationId Id, long Length);

/// <summary>
/// Keeps the bytes of every publication before anything reads them, in one file each, named by its <see cref="PublicationId"/>. A file
/// is there whole or not at all, whenever the machine stops; what was archived is never written again. Nothing gets in that the
/// patient-data gate has not looked through.
/// </summary>
internal sealed class Archive
{
    private const string Unfinished = ".unfinished";

    private readonly string root;

    /// <summary>Opens the archive, and clears away what a stopped process left half-written.</summary>
    /// <param name="folder">Created if it does not exist.</param>
    public Archive(string folder)
    {
        var directory = Directory.CreateDirectory(folder);
        root = directory.FullName;
        DurableFile.FlushFolder(directory.Parent?.FullName ?? root);
        foreach (var orphan in Directory.EnumerateFiles(root, $"*{Unfinished}"))
        {
            DeleteUnlessInUse(orphan);
        }
    }

    /// <summary>
    /// Archives a publication and returns when it is on the disk. A publication that is archived already is kept as it is.
    /// </summary>
    /// <param name="personalColumns">Columns whose cells are emptied on the way; only comma-separated text can have them. They never reach the disk.</param>
    /// <exception cref="PatientDataException">It holds data about single people; nothing was written.</exception>
    /// <exception cref="Sources.PublicationFormatException">It has more than <paramref name="maximumBytes"/>, or its personal columns cannot be found and cut.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
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

        return await WriteAsync(id, bytes, cancellationToken);
    }

    public bool Contains(PublicationId id) => File.Exists(PathOf(id));

    /// <exception cref="FileNotFoundException">The publication is not archived.</exception>
    public Stream OpenRead(PublicationId id) =>
        new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <exception cref="FileNotFoundException">The publication is not archived.</exception>
    public Task<byte[]> ReadAsync(PublicationId id, CancellationToken cancellationToken) => File.ReadAllBytesAsync(PathOf(id), cancellationToken);

    private async Task<Archived> WriteAsync(PublicationId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(root, $"{Guid.NewGuid():N}{Unfinished}");
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellationToken);
                DurableFile.Flush(file);
            }

            var final = PathOf(id);
            if (!File.Exists(final))
            {
                File.Move(unfinished, final, overwrite: true);
                DurableFile.FlushFolder(root);
                if (new FileInfo(final).Length != bytes.Length)
                {
                    throw new IOException($"'{final}' has {new FileInfo(final).Length} bytes after {bytes.Length} were written.");
                }
            }

            return new Archived(id, new FileInfo(final).Length);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

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

    private static void DeleteUnlessInUse(string path)
    {
        try
        {
            // Another process that is writing it holds it exclusively.
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            File.Delete(path);
        }
        catch (IOException)
        {
            // In use, or gone: either way not an orphan.
        }
    }

    private string PathOf(PublicationId id) => Path.Combine(root, id.ToString());
}
