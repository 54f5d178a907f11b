using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>How near the end of a key is.</summary>
internal static class KeyExpiry
{
    // In days, nearest first.
    private static readonly int[] Steps = [1, 7, 30];

    /// <returns>1, 7 or 30 where a key that is worth something ends within as many days; null where it ends later, or has ended.</returns>
    public static int? StepOf(AccessKey key, DateTimeOffset now)
    {
        var left = key.ExpiresAt - now;
        return key.RevokedAt is null && left > TimeSpan.Zero && Array.Find(Steps, days => left <= TimeSpan.FromDays(days)) is > 0 and var step ? step : null;
    }
}
