using System.Globalization;
using Microsoft.Extensions.FileSystemGlobbing;

namespace MetricsHub.Sources.Locations;

/// <summary>A watched folder: every file that matches a pattern is a publication.</summary>
/// <param name="folder">An absolute path.</param>
/// <param name="pattern">A glob relative to the folder, <c>*.csv</c> or <c>**/*.xlsx</c>; case does not matter.</param>
internal sealed class FolderLocation(string folder, string pattern, long maximumBytes) : ILocation
{
    // What browsers, spreadsheets and copy programs call a file that is not finished, or not a file for anybody else.
    private static readonly string[] UnfinishedEndings = [".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", "~"];

    private static readonly EnumerationOptions Files = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,

        // A link could lead out of the folder.
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.Temporary | FileAttributes.ReparsePoint,
    };

    private readonly string root = Path.GetFullPath(folder);
    private readonly Matcher matcher = new Matcher(StringComparison.OrdinalIgnoreCase).AddInclude(pattern);

    public Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<IReadOnlyList<Offer>>(
            [
                .. Directory.EnumerateFiles(root, "*", Files)
                    .Where(path => !IsUnfinished(Path.GetFileName(path)))
                    .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                    .Where(address => matcher.Match(address).HasMatches)
                    .Order(StringComparer.Ordinal)
                    .Select(address => new Offer(address, Path.GetFileName(address), LinkText: null, PublishedAt: null)),
            ]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocationException($"The folder '{root}' cannot be read: {exception.Message}", exception);
        }
    }

    public async Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(root, offer.Address));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new LocationException($"'{offer.Address}' is outside the folder '{root}'.");
        }

        try
        {
            var before = StateOf(path);
            if (before.Validator == known.Fetch?.Validator)
            {
                return null;
            }

            if (new FileInfo(path).Length > maximumBytes)
            {
                throw new LocationException($"'{path}' is larger than the {maximumBytes} bytes allowed.");
            }

            await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 81_920, FileOptions.Asynchronous | FileOptions.SequentialScan))
            {
                await LimitedCopy.CopyAsync(file, destination, maximumBytes, $"'{path}'", cancellationToken);
            }

            // Somebody is still writing: half a file would be refused, or worse, read.
            return StateOf(path) == before
                ? before
                : throw new LocationException($"'{path}' changed while it was read; it is left for the next run.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocationException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static FetchState StateOf(string path)
    {
        var file = new FileInfo(path);
        var changed = file.LastWriteTimeUtc;
        return new FetchState(
            string.Create(CultureInfo.InvariantCulture, $"{file.Length}-{changed.Ticks}"), new DateTimeOffset(changed, TimeSpan.Zero));
    }

    private static bool IsUnfinished(string name) =>
        name.StartsWith('.') || name.StartsWith('~') || Array.Exists(UnfinishedEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
