using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Files;

/// <summary>
/// Publications in one file each, named by its <see cref="PublicationId"/>. A file is there whole or not at all, whenever the machine stops.
/// </summary>
internal sealed class ArchiveFolder : IArchiveStore
{
    private const string Unfinished = ".unfinished";

    private readonly string root;

    /// <summary>Opens the archive, and clears away what a stopped process left half-written.</summary>
    /// <param name="folder">Created if it does not exist.</param>
    public ArchiveFolder(string folder)
    {
        var directory = Directory.CreateDirectory(folder);
        root = directory.FullName;
        DurableFile.FlushFolder(directory.Parent?.FullName ?? root);
        foreach (var orphan in Directory.EnumerateFiles(root, $"*{Unfinished}"))
        {
            DeleteUnlessInUse(orphan);
        }
    }

    public async Task<long> WriteAsync(PublicationId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
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
                if (new FileInfo(final).Length != bytes.Length)
                {
                    throw new IOException($"'{final}' has {new FileInfo(final).Length} bytes after {bytes.Length} were written.");
                }
            }

            // Also where it was there before: whoever moved it may have failed to flush the folder.
            DurableFile.FlushFolder(root);
            return new FileInfo(final).Length;
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // What .NET makes of EFBIG: the system limits how large the files of this process or of the file system may be.
            throw new IOException($"'{unfinished}' could not be written: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Task<bool> ContainsAsync(PublicationId id, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(id)));

    public Task<byte[]> ReadAsync(PublicationId id, CancellationToken cancellationToken) => File.ReadAllBytesAsync(PathOf(id), cancellationToken);

    public Task<IReadOnlyList<PublicationId>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PublicationId>>(
        [.. Directory.EnumerateFiles(root)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith(Unfinished, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new PublicationId(name))]);

    public Task<long?> RemoveAsync(PublicationId id, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(id));
        if (!file.Exists)
        {
            return Task.FromResult<long?>(null);
        }

        var length = file.Length;
        file.Delete();
        DurableFile.FlushFolder(root);
        return Task.FromResult<long?>(length);
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
