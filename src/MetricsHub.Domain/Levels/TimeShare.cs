namespace MetricsHub.Domain.Levels;

/// <summary>A part of a time.</summary>
public readonly record struct TimeShare(TimeSpan Time, TimeSpan Whole)
{
    /// <summary>0 to 1; 0 where there is no time at all.</summary>
    public double Share => Whole > TimeSpan.Zero ? Time / Whole : 0;

    public double Percent => 100 * Share;
}
