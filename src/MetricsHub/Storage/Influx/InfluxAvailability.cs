namespace MetricsHub.Storage.Influx;

/// <summary>
/// Whether InfluxDB answers. While it does not, the next request after a failure fails at once: were all to wait for their own time-out,
/// the API would hang with InfluxDB.
/// </summary>
internal sealed partial class InfluxAvailability(string name, TimeProvider time, ILogger<InfluxAvailability> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private DateTimeOffset? awaySince;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;
    private string reason = "";

    public DateTimeOffset? AwaySince
    {
        get
        {
            lock (gate)
            {
                return awaySince;
            }
        }
    }

    /// <exception cref="InfluxAwayException">It did not answer a moment ago.</exception>
    public void Check()
    {
        lock (gate)
        {
            if (awaySince is { } since && time.GetUtcNow() < notBefore)
            {
                throw new InfluxAwayException($"{name} could not be used since {since:u}: {reason}");
            }
        }
    }

    /// <summary>How often it became unusable.</summary>
    public int TimesAway { get; private set; }

    public void Answered()
    {
        lock (gate)
        {
            if (awaySince is { } since)
            {
                awaySince = null;
                LogBack(name, since);
            }
        }
    }

    public void Failed(string why)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            (notBefore, reason) = (now + Pause, why);
            if (awaySince is null)
            {
                awaySince = now;
                TimesAway++;
                LogAway(name, why);
            }
        }
    }

    [LoggerMessage(EventId = 4100, Level = LogLevel.Error, Message = "{Name} cannot be used: {Reason}; what is collected waits in the archive")]
    private partial void LogAway(string name, string reason);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "{Name} can be used again; it could not since {Since:u}")]
    private partial void LogBack(string name, DateTimeOffset since);
}
