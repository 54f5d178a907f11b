namespace MetricsHub.Domain.Escalation;

/// <summary>
/// A framework's scale and its cuts, made ready. Scores are decimals: three sites at 22 points under weights of 0.516, 0.306 and 0.178
/// are 22 points, and not a hair more that would be another level.
/// </summary>
public sealed class LevelScale
{
    /// <summary>The number of levels: 1 (least pressure) to 4.</summary>
    public const int Highest = 4;

    private readonly Rounding rounding;
    private readonly decimal[] edges;
    private readonly bool[] edgeIsAbove;

    /// <param name="framework">Whose cuts cover the scale and rise, as a catalogue's are checked to do.</param>
    public LevelScale(Framework framework)
    {
        var cuts = framework.Levels.OrderBy(cut => cut.Level).Skip(1).ToList();
        rounding = framework.Scoring.Rounding;
        FullScale = framework.FullScale;
        edges = [.. cuts.Select(cut => (decimal)cut.Range.From)];
        edgeIsAbove = [.. cuts.Select(cut => cut.Range.FromInclusive)];
    }

    /// <summary>The highest score there is: 100 in percent, or the sum of all points.</summary>
    public decimal FullScale { get; }

    /// <summary>The level of a score on the scale, rounded first where the framework says so.</summary>
    public int LevelOf(decimal score)
    {
        var value = rounding == Rounding.HalfUp ? Math.Round(score, MidpointRounding.AwayFromZero) : score;
        var level = 1;
        for (var i = 0; i < edges.Length; i++)
        {
            level += value > edges[i] || (edgeIsAbove[i] && value == edges[i]) ? 1 : 0;
        }

        return level;
    }

    /// <summary>Points as a score on the scale.</summary>
    /// <param name="of">The most points there could have been; above 0.</param>
    public decimal ScoreOf(decimal points, decimal of) => points * FullScale / of;
}
