using System.Collections.Concurrent;

namespace MetricsHub.Api;

/// <summary>Who makes which answer: of all who ask the same at once one makes it, and the others wait and take what was kept.</summary>
internal sealed class AnswersInMaking
{
    private readonly ConcurrentDictionary<AnswerKey, TaskCompletionSource> making = new();

    /// <returns>Null where the caller is the one who makes it, until <see cref="End"/>; else what ends as soon as somebody else need not be waited for.</returns>
    public Task? Join(AnswerKey key)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var found = making.GetOrAdd(key, mine);
        return ReferenceEquals(found, mine) ? null : found.Task;
    }

    public void End(AnswerKey key)
    {
        if (making.TryRemove(key, out var ended))
        {
            ended.SetResult();
        }
    }
}
