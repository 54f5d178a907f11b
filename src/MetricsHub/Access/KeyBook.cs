using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using System.Security.Cryptography;
using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>
/// The keys in memory, read anew when older than <see cref="MaximumAge"/>: what another process revoked is refused here soon after. Where
/// the ledger does not answer nobody is let in.
/// </summary>
internal sealed partial class KeyBook(ILedger ledger, TimeProvider clock, ILogger<KeyBook> logger) : IDisposable
{
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan UseRhythm = TimeSpan.FromMinutes(1);

    // What is compared with what somebody shows whose id nobody knows: as long as any other, and the hash of nothing.
    private static readonly HeldKey Nobody = new(Key: null, new byte[SHA256.HashSizeInBytes]);

    private readonly SemaphoreSlim turning = new(1, 1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> usedAt = new(StringComparer.Ordinal);
    private Page? page;

    /// <returns>The key with what its secret is held against; without a key where the id is not known, and then with as many bytes.</returns>
    public async ValueTask<HeldKey> FindAsync(string id, CancellationToken cancellationToken)
    {
        var current = Volatile.Read(ref page) is { } held && IsCurrent(held) ? held : await TurnAsync(cancellationToken);
        return current.Keys.GetValueOrDefault(id, Nobody);
    }

    /// <summary>After a change in this process: what follows is asked of the ledger.</summary>
    public void Forget() => Volatile.Write(ref page, null);

    /// <summary>Enters that a key was used, at most once a minute. That it cannot be entered stops nobody from reading.</summary>
    public async Task MarkUsedAsync(AccessKey key, CancellationToken cancellationToken)
    {
        var (now, last) = (clock.GetUtcNow(), usedAt.GetOrAdd(key.Id, key.LastUsedAt ?? DateTimeOffset.MinValue));
        if (now - last < UseRhythm || !usedAt.TryUpdate(key.Id, now, last))
        {
            return;
        }

        try
        {
            await ledger.MarkKeyUsedAsync(key.Id, now, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            Log.UseNotEntered(logger, key.Id, exception);
        }
    }

    public void Dispose() => turning.Dispose();

    private bool IsCurrent(Page held) => clock.GetElapsedTime(held.ReadAt) < MaximumAge;

    private async Task<Page> TurnAsync(CancellationToken cancellationToken)
    {
        await turning.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref page) is { } held && IsCurrent(held))
            {
                return held;
            }

            var readAt = clock.GetTimestamp();
            var keys = await ledger.ListKeysAsync(cancellationToken);
            var read = new Page(readAt, keys.ToFrozenDictionary(key => key.Id, key => new HeldKey(key, Convert.FromHexString(key.SecretSha256)), StringComparer.Ordinal));
            Volatile.Write(ref page, read);
            return read;
        }
        finally
        {
            turning.Release();
        }
    }

    /// <param name="Key">Null where nobody has it.</param>
    /// <param name="SecretHash">SHA-256, 32 bytes.</param>
    internal readonly record struct HeldKey(AccessKey? Key, byte[] SecretHash);

    private sealed record Page(long ReadAt, FrozenDictionary<string, HeldKey> Keys);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5100, Level = LogLevel.Warning, Message = "That key {Id} was used could not be entered")]
        public static partial void UseNotEntered(ILogger logger, string id, Exception exception);
    }
}
