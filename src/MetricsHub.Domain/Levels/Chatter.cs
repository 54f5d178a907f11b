using MetricsHub.Domain.Escalation;

namespace MetricsHub.Domain.Levels;

/// <summary>From which flap score on a level is said to chatter, and down to which it goes on doing so; 0 to 100.</summary>
public sealed record ChatterRule(double StartsAt, double EndsAt, Provenance Provenance, string Source);

/// <summary>How much a level chattered.</summary>
/// <param name="Last">The flap score of the last 21 readings, 0 to 100; null where there are fewer.</param>
/// <param name="Maximum">The highest that it was; null where there never were enough readings.</param>
/// <param name="IsChattering">Whether it chatters at the last reading.</param>
/// <param name="Readings">At how many readings it chattered.</param>
public sealed record Chatter(double? Last, double? Maximum, bool IsChattering, int Readings)
{
    /// <param name="levels">Oldest first, as far back as one version judged; a level that is not there is a state of its own, 0.</param>
    /// <param name="from">The first reading that is told of; those before it only count into its score.</param>
    public static Chatter Of(ReadOnlySpan<int> levels, int from, ChatterRule rule)
    {
        var (last, maximum, chattering, readings) = ((double?)null, (double?)null, false, 0);
        for (var i = 0; i < levels.Length; i++)
        {
            last = FlapScore.Of(levels[Math.Max(0, i + 1 - FlapScore.Readings)..(i + 1)]);
            chattering = chattering ? last > rule.EndsAt : last >= rule.StartsAt;
            if (i >= from)
            {
                maximum = last > maximum || maximum is null ? last : maximum;
                readings += chattering ? 1 : 0;
            }
        }

        return new Chatter(last, maximum, chattering, readings);
    }
}
