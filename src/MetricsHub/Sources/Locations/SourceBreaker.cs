using System.Globalization;

namespace MetricsHub.Sources.Locations;

/// <summary>When a source that fails is left alone, and for how long.</summary>
/// <param name="Failures">After how many fetches in a row that got no answer.</param>
/// <param name="ShortestPause">The first pause; each further one is twice as long.</param>
/// <param name="LongestPause">No pause is longer, whatever the source asks for.</param>
internal sealed record BreakerLimits(int Failures, TimeSpan ShortestPause, TimeSpan LongestPause);

/// <summary>
/// Leaves a source alone that keeps failing. After a pause one fetch is a probe: an answer ends the matter, a failure begins a pause twice as long. An
/// address that says 401 or 403 is not asked again before the hub is restarted: only another definition or credential can change that.
/// </summary>
/// <param name="source">For the log.</param>
internal sealed partial class SourceBreaker(string source, BreakerLimits limits, TimeProvider clock, ILogger<SourceBreaker> logger)
{
    private readonly Lock padlock = new();
    private readonly Dictionary<Uri, string> denied = [];
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;
    private TimeSpan nextPause = limits.ShortestPause;
    private int failures;

    /// <summary>Whether it, or an address of it that denied, is not asked now.</summary>
    public bool IsPaused
    {
        get
        {
            lock (padlock)
            {
                return denied.Count > 0 || clock.GetUtcNow() < pausedUntil;
            }
        }
    }

    /// <exception cref="LocationException">It is not to be asked now.</exception>
    public void Check(Uri address)
    {
        lock (padlock)
        {
            if (denied.TryGetValue(address, out var answer))
            {
                throw new LocationException($"not asked: {address} answered {answer}; that stands until the hub is restarted.");
            }

            if (clock.GetUtcNow() < pausedUntil)
            {
                throw new LocationException($"not asked: {address} is left alone until {Text(pausedUntil)}, because the source gave no answer {failures} times in a row.");
            }
        }
    }

    /// <summary>It answered: all is forgotten.</summary>
    public void Succeeded()
    {
        lock (padlock)
        {
            if (failures >= limits.Failures)
            {
                LogAnswersAgain(source);
            }

            (failures, nextPause, pausedUntil) = (0, limits.ShortestPause, DateTimeOffset.MinValue);
        }
    }

    /// <summary>It gave no answer, or said that it cannot now.</summary>
    /// <param name="notBefore">When it asks to be asked again; null where it does not say.</param>
    public void Failed(DateTimeOffset? notBefore)
    {
        lock (padlock)
        {
            failures++;
            var now = clock.GetUtcNow();
            if (failures >= limits.Failures)
            {
                pausedUntil = now + nextPause;
                nextPause = Shorter(nextPause * 2, limits.LongestPause);
                LogPaused(source, failures, Text(pausedUntil));
            }

            if (notBefore > pausedUntil)
            {
                pausedUntil = now + Shorter(notBefore.Value - now, limits.LongestPause);
            }
        }
    }

    /// <summary>It answered that it does not want to be asked.</summary>
    /// <param name="answer">The status, for the message.</param>
    public void Denied(Uri address, string answer)
    {
        lock (padlock)
        {
            if (denied.TryAdd(address, answer))
            {
                LogDenied(source, address, answer);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 2520, Level = LogLevel.Warning, Message = "{Source}: no answer {Failures} times in a row; it is left alone until {Until}")]
    private partial void LogPaused(string source, int failures, string until);

    [LoggerMessage(EventId = 2521, Level = LogLevel.Information, Message = "{Source}: answers again")]
    private partial void LogAnswersAgain(string source);

    [LoggerMessage(EventId = 2522, Level = LogLevel.Error, Message = "{Source}: {Address} answered {Answer}; it is not asked again before the hub is restarted")]
    private partial void LogDenied(string source, Uri address, string answer);
}
