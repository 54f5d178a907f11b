using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Domain.Levels;

/// <summary>Finds where levels change. It looks at outcomes only: what moved is worked out for the changes alone.</summary>
public static class LevelEvents
{
    /// <summary>Every change of the calculated and of the shown level, and every change of version, oldest first.</summary>
    /// <param name="path">Every slot from the first of which anything is known, oldest first.</param>
    public static IEnumerable<LevelEvent> Of(IReadOnlyList<VersionedOutcome> path)
    {
        var (calculated, shown) = (new Track(LevelTrack.Calculated), new Track(LevelTrack.Shown));
        var first = 0;
        for (var i = 0; i < path.Count; i++)
        {
            var (version, reading) = path[i];
            if (i > 0 && version != path[i - 1].Version)
            {
                yield return new LevelEvent(reading.At, LevelTrack.Framework, LevelEventKind.VersionBreak, null, null, null, null, version);
                (calculated, shown, first) = (new Track(LevelTrack.Calculated), new Track(LevelTrack.Shown), i);
            }

            var level = reading.Outcome.IsCalculated ? reading.Outcome.Level : (int?)null;
            if (calculated.Move(level, level, reading.At) is { } change)
            {
                yield return change with { Version = version, Outcome = reading.Outcome, ComparedWith = At(i - 1) };
            }

            var status = reading.Shown.Status;
            int? alertsAs = status == ShownStatus.NeverKnown ? null : reading.Shown.Level;
            if (shown.Move(status == ShownStatus.Unknown ? null : alertsAs, alertsAs, reading.At) is { } shownChange)
            {
                yield return shownChange with { Version = version, Outcome = reading.Outcome, ComparedWith = At(LastBefore(shownChange.Kind, i)) };
            }
        }

        // A level that falls with patience, or is unknown after having been held, has its cause where the calm or the silence began.
        int LastBefore(LevelEventKind kind, int i) => i == first ? i - 1 : kind switch
        {
            LevelEventKind.Fall => i - 1 - path[i - 1].Reading.Shown.CalmSlots,
            LevelEventKind.BecameUnknown => i - 1 - path[i - 1].Reading.Shown.SlotsWithoutLevel,
            _ => i - 1,
        };

        DateTimeOffset? At(int i) => i >= first ? path[i].Reading.At : null;
    }

    /// <summary>Where declared levels begin and end, up to an instant; oldest first.</summary>
    public static IEnumerable<LevelEvent> Of(IEnumerable<DeclaredSpell> spells, string version, DateTimeOffset until) =>
        spells.SelectMany(spell => new[]
            {
                new LevelEvent(spell.Start, LevelTrack.Declared, LevelEventKind.Begun, null, spell.Declaration.Level, null, null, version, Declaration: spell.Declaration),
                new LevelEvent(
                    spell.End, LevelTrack.Declared, KindOf(spell.EndedBy), spell.Declaration.Level, null, null, spell.End - spell.Start, version, Declaration: spell.Declaration),
            })
            .Where(found => found.At <= until)
            .OrderBy(found => found.At);

    private static LevelEventKind KindOf(DeclarationStatus status) => status switch
    {
        DeclarationStatus.Ended => LevelEventKind.Ended,
        DeclarationStatus.Replaced => LevelEventKind.Replaced,
        _ => LevelEventKind.Expired,
    };

    /// <summary>One level on its way: what it is, since when, and what it was last.</summary>
    private sealed class Track(LevelTrack track)
    {
        private int? current;
        private int? alerting;
        private DateTimeOffset since;

        /// <param name="level">Null where there is none.</param>
        /// <param name="alertsAs">What it sorts and alerts as: where it is unknown, the one known last, or more.</param>
        public LevelEvent? Move(int? level, int? alertsAs, DateTimeOffset at)
        {
            var (before, known, lasted) = (current, alerting, at - since);
            LevelEvent? change = (before, level) switch
            {
                (null, null) => alertsAs > known ? Change(LevelEventKind.Rise, known, alertsAs) : null,
                (null, not null) when known is null => Change(LevelEventKind.First, null, level) with { Lasted = null },
                (null, not null) => Change(LevelEventKind.CameBack, known, level),
                (not null, null) => Change(LevelEventKind.BecameUnknown, before, null),
                _ when level == before => null,
                _ => Change(level > before ? LevelEventKind.Rise : LevelEventKind.Fall, before, level),
            };
            (current, alerting, since) = (level, alertsAs ?? alerting, change is null ? since : at);
            return change;

            LevelEvent Change(LevelEventKind kind, int? from, int? to) => new(at, track, kind, from, to, alertsAs, lasted, "");
        }
    }
}
