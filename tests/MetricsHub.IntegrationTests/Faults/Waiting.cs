namespace MetricsHub.IntegrationTests.Faults;

/// <summary>Waits for conditions, never for a time.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns once the condition holds.</summary>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="said">What the processes that are waited for have said, asked for only where the time is over.</param>
    /// <exception cref="TimeoutException">It did not come to hold in time.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan patience, Func<string> said, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(Between, TimeProvider.System, over.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {patience}: {what}. What was said:{Environment.NewLine}{said()}", exception);
            }
        }
    }
}
