namespace MetricsHub.Domain.Escalation;

/// <summary>
/// How much a level chatters: the share of transitions among the last 21 readings, in percent, a new one weighing more than an old one
/// (0.75 for the oldest of the 20 transitions, evenly up to 1.25 for the newest; the flap detection of Nagios and Naemon).
/// </summary>
public static class FlapScore
{
    /// <summary>How many readings a score is made of.</summary>
    public const int Readings = 21;

    private const int Transitions = Readings - 1;

    /// <summary>0 to 100; null where there are fewer readings than it takes.</summary>
    /// <param name="levels">Oldest first; only the last 21 count. An unknown level is a state of its own.</param>
    public static double? Of(ReadOnlySpan<int> levels)
    {
        if (levels.Length < Readings)
        {
            return null;
        }

        // Weights in whole 76ths, so that nothing is rounded before the end: 0.75 + (i - 1) * 0.5 / 19 = (57 + 2 * (i - 1)) / 76.
        var last = levels[^Readings..];
        var sum = 0;
        for (var i = 1; i <= Transitions; i++)
        {
            sum += last[i] != last[i - 1] ? 57 + (2 * (i - 1)) : 0;
        }

        return 100.0 * sum / (76 * Transitions);
    }
}
