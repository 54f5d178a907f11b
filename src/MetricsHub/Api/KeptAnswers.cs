using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace MetricsHub.Api;

/// <summary>What an answer depends on besides the stores: every value of the query, the form that the caller accepts, and for whom it is.</summary>
/// <param name="Grants">What those may do who may have it; empty where that is whoever reaches the hub.</param>
internal readonly record struct AnswerKey(string Path, string Query, string Accept, string Grants = "");

/// <summary>An answer as bytes, with the headers that belong to it and the versions of the stores it was made from.</summary>
/// <param name="HoldsUntil">From when on it must not be given any more, whatever was recorded; null where nothing of it grows stale.</param>
/// <param name="ETag">Empty where another caller may not be given it: what is not to be stored needs no tag.</param>
internal sealed record Answer(
    byte[] Body,
    StringValues ContentType,
    StringValues Link,
    StringValues ContentDisposition,
    SecurityHeaders Security,
    StringValues ETag,
    long StoreVersion,
    long LedgerVersion,
    long MadeAt,
    DateTimeOffset? HoldsUntil,
    StringValues CacheControl,
    StringValues Vary)
{
    public bool IsShared => ETag.Count > 0;
}

/// <summary>Answers by what was asked, bounded in number and in bytes: a caller who asks for ever new things displaces nobody's.</summary>
internal sealed class KeptAnswers
{
    private const int MaximumEntries = 2000;
    private const long MaximumTotalBytes = 64L * 1024 * 1024;

    private readonly ConcurrentDictionary<AnswerKey, Answer> byKey = new();
    private long totalBytes;

    public Answer? Find(AnswerKey key) => byKey.TryGetValue(key, out var answer) ? answer : null;

    public void Keep(AnswerKey key, Answer answer, Func<Answer, bool> isOld)
    {
        if (byKey.TryGetValue(key, out var before))
        {
            Forget(new(key, before));
        }

        if (!HasRoomFor(answer))
        {
            foreach (var entry in byKey.Where(entry => isOld(entry.Value)))
            {
                Forget(entry);
            }
        }

        if (HasRoomFor(answer) && byKey.TryAdd(key, answer))
        {
            Interlocked.Add(ref totalBytes, answer.Body.Length);
        }
    }

    private bool HasRoomFor(Answer answer) =>
        byKey.Count < MaximumEntries && Interlocked.Read(ref totalBytes) + answer.Body.Length <= MaximumTotalBytes;

    private void Forget(KeyValuePair<AnswerKey, Answer> entry)
    {
        if (byKey.TryRemove(entry))
        {
            Interlocked.Add(ref totalBytes, -entry.Value.Body.Length);
        }
    }
}
