using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Levels;

/// <summary>How a declared level stands to the shown one.</summary>
public enum DriftRelation
{
    Same,

    /// <summary>More is declared than is shown.</summary>
    Above,

    /// <summary>Less is declared than is shown.</summary>
    Below,

    /// <summary>No level is shown: there never was one, or it is unknown for longer than it is held.</summary>
    NotCalculated,
}

/// <summary>A time over which one declaration stood and one level, or none, was shown.</summary>
/// <param name="ShownLevel">1 to 4, held ones among them; null where none is shown.</param>
public sealed record DriftSpell(Declaration Declaration, DateTimeOffset Start, DateTimeOffset End, int? ShownLevel)
{
    public TimeSpan Length => End - Start;

    public DriftRelation Relation =>
        ShownLevel is not { } shown ? DriftRelation.NotCalculated
        : Declaration.Level == shown ? DriftRelation.Same
        : Declaration.Level > shown ? DriftRelation.Above
        : DriftRelation.Below;
}

/// <summary>How far what was declared and what was shown went apart.</summary>
/// <param name="Window">The time looked at.</param>
/// <param name="Spells">The time declared, cut wherever one of the two changes; oldest first, none of them empty.</param>
public sealed record DriftReport(Period Window, IReadOnlyList<DriftSpell> Spells)
{
    /// <summary>For how long anything was declared.</summary>
    public TimeSpan Declared => Sum(Spells);

    public TimeSpan TimeOf(DriftRelation relation) => Sum(Spells.Where(spell => spell.Relation == relation));

    /// <summary>The share of the declared time, 0 to 1; null where nothing was declared.</summary>
    public double? ShareOf(DriftRelation relation) => ShareOf(TimeOf(relation), Declared);

    /// <summary>The share of the time with both levels in which they are equal, 0 to 1; null where there was no such time.</summary>
    public double? Agreement => ShareOf(TimeOf(DriftRelation.Same), Comparable);

    /// <summary>The share of the time with both levels in which they are at most one apart, 0 to 1; null where there was no such time.</summary>
    public double? AgreementWithinOne =>
        ShareOf(Sum(Spells.Where(spell => spell.ShownLevel is { } shown && Math.Abs(spell.Declaration.Level - shown) <= 1)), Comparable);

    private TimeSpan Comparable => Declared - TimeOf(DriftRelation.NotCalculated);

    /// <param name="spells">What was declared beside the framework, no two at once, oldest first.</param>
    /// <param name="path">The level shown from the end of each slot on, oldest first; before the first of them none is.</param>
    public static DriftReport Of(IEnumerable<DeclaredSpell> spells, IReadOnlyList<ShownOutcome> path, Period window) =>
        new(window, [.. spells.SelectMany(spell => Cut(spell.Declaration, Later(spell.Start, window.Start), Earlier(spell.End, window.End), path))]);

    private static IEnumerable<DriftSpell> Cut(Declaration declaration, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ShownOutcome> path)
    {
        var next = FirstAfter(path, from);
        var shown = next > 0 ? LevelOf(path[next - 1].Shown) : null;
        for (; from < to && next < path.Count && path[next].At < to; next++)
        {
            if (LevelOf(path[next].Shown) is var level && level != shown)
            {
                yield return new DriftSpell(declaration, from, path[next].At, shown);
                (from, shown) = (path[next].At, level);
            }
        }

        if (from < to)
        {
            yield return new DriftSpell(declaration, from, to, shown);
        }
    }

    private static int FirstAfter(IReadOnlyList<ShownOutcome> path, DateTimeOffset instant)
    {
        var (low, high) = (0, path.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = path[middle].At <= instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int? LevelOf(ShownLevel shown) => shown.Status is ShownStatus.Known or ShownStatus.Held ? shown.Level : null;

    private static TimeSpan Sum(IEnumerable<DriftSpell> spells) => new(spells.Sum(spell => spell.Length.Ticks));

    private static double? ShareOf(TimeSpan part, TimeSpan whole) => whole > TimeSpan.Zero ? part / whole : null;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one >= other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one <= other ? one : other;
}
