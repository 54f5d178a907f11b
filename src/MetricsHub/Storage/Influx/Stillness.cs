using System.Data.Common;

namespace MetricsHub.Storage.Influx;

/// <summary>Tells whether what is current can have changed, by this process or another, while something was read.</summary>
internal sealed class Stillness(IReleaseClock clock)
{
    /// <summary>Asked after the read.</summary>
    public async Task<Still> SinceAsync(StoreSight sight, CancellationToken cancellationToken)
    {
        try
        {
            var standing = await clock.ReadAsync(cancellationToken);
            return standing.Finishing <= sight.Known ? Still.Holds : standing.IsFinished ? Still.Ended : Still.Breaks;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            // Whoever cannot know ranks history, which is right at any time.
            return Still.Breaks;
        }
    }
}

internal enum Still
{
    /// <summary>Nothing has changed.</summary>
    Holds,

    /// <summary>Something may have changed, and is written.</summary>
    Ended,

    /// <summary>Something may be changing.</summary>
    Breaks,
}
