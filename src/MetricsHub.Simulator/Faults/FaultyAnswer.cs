namespace MetricsHub.Simulator.Faults;

/// <summary>Sends an answer as well as the faults of its feed let it.</summary>
internal sealed class FaultyAnswer(FaultBook book, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly byte[] Page = "<!DOCTYPE html><title>Sign in</title><p>Your session has expired. Please sign in.</p>\n"u8.ToArray();

    /// <param name="name">The name by which faults know the answer.</param>
    /// <param name="tag">What the answer depends on; the asker that has it already is told 304.</param>
    public async Task SendAsync(HttpContext context, string name, string mediaType, string tag, Func<byte[]> answer)
    {
        var faults = book.Of(name);
        var response = context.Response;
        if (Has(faults, FaultKind.Hang) is { } hang)
        {
            await WaitAsync(context, hang, Timeout.InfiniteTimeSpan);
            context.Abort();
            return;
        }

        if (Has(faults, FaultKind.Down) is not null)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var garbage = Has(faults, FaultKind.Garbage) is not null;
        response.ContentType = garbage ? "text/html; charset=utf-8" : mediaType;
        if (!garbage)
        {
            var quoted = $"\"{tag}\"";
            response.Headers.ETag = quoted;
            if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(quoted))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        var bytes = garbage ? Page : answer();
        bytes = Has(faults, FaultKind.Truncated) is null ? bytes : bytes[..(bytes.Length / 2)];
        response.ContentLength = bytes.Length;
        if (Has(faults, FaultKind.Slow) is { } slow)
        {
            await DripAsync(context, slow, bytes);
            return;
        }

        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Fault? Has(IReadOnlyList<Fault> faults, FaultKind kind) => faults.FirstOrDefault(fault => fault.Kind == kind);

    /// <summary>A byte a second while the fault lasts; the rest at once when it ends.</summary>
    private async Task DripAsync(HttpContext context, Fault slow, byte[] bytes)
    {
        var sent = 0;
        for (; sent < bytes.Length && !slow.Lifted.IsCancellationRequested; sent++)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory(sent, 1), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await WaitAsync(context, slow, TimeSpan.FromSeconds(1));
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(sent), context.RequestAborted);
    }

    /// <summary>Waits until the time is over, the fault is lifted, the asker has gone or the simulator stops.</summary>
    private async Task WaitAsync(HttpContext context, Fault fault, TimeSpan time)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, fault.Lifted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(time, clock, over.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The fault is lifted or the simulator stops: there is nothing left to wait for.
        }
    }
}
