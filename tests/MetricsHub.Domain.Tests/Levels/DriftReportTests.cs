using CsCheck;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Tests.Escalation;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Levels;

public sealed class DriftReportTests
{
    private static readonly Period Window = new(Paths.Noon, Paths.Noon.AddHours(2));

    [Fact]
    public void Of_DeclaredThroughARise_IsCutWhereTheShownLevelChanges()
    {
        // Level 1 from 12:15, 3 from 12:45, and declared to be 3 from 12:05 to 13:00.
        var path = Paths.Outcomes(Paths.Through(Frameworks.Shares, "0000", "0000", "2222"));

        var report = DriftReport.Of([Spell(3, 5, 60)], path, Window);

        Assert.Equal(
            [(10, null, DriftRelation.NotCalculated), (30, 1, DriftRelation.Above), (15, (int?)3, DriftRelation.Same)],
            report.Spells.Select(spell => ((int)spell.Length.TotalMinutes, spell.ShownLevel, spell.Relation)));
        Assert.Equal((55, 15.0 / 45, 15.0 / 45), (report.Declared.TotalMinutes, report.Agreement, report.AgreementWithinOne));
        Assert.Equal(10.0 / 55, report.ShareOf(DriftRelation.NotCalculated));
    }

    [Fact]
    public void Of_DeclaredLessByOne_AgreesWithinOneOnly()
    {
        var report = DriftReport.Of([Spell(2, 15, 60)], Paths.Outcomes(Paths.Through(Frameworks.Shares, "2222")), Window);

        Assert.Equal((0, 1, 1), (report.Agreement, report.AgreementWithinOne, report.ShareOf(DriftRelation.Below)));
    }

    [Fact]
    public void Of_NothingDeclared_HasNoSharesRatherThanZeroes()
    {
        var report = DriftReport.Of([], Paths.Outcomes(Paths.Through(Frameworks.Shares, "2222")), Window);

        Assert.Equal((TimeSpan.Zero, null, null, null), (report.Declared, report.ShareOf(DriftRelation.Same), report.Agreement, report.AgreementWithinOne));
    }

    [Fact]
    public void Of_LevelUnknownForLongerThanHeld_IsComparedWithNothing()
    {
        var path = Paths.Outcomes(Paths.Through(Frameworks.Shares, "2222", "----", "----", "----", "----"));

        var report = DriftReport.Of([Spell(3, 15, 90)], path, Window);

        Assert.Equal([(45, 3), (30, (int?)null)], report.Spells.Select(spell => ((int)spell.Length.TotalMinutes, spell.ShownLevel)));
    }

    [Fact]
    public void Of_AnyHistory_AccountsForEveryMomentDeclaredInTheWindowOnce() =>
        Gen.Select(Paths.Any, Gen.Select(Gen.Int[0, 100], Gen.Int[1, 60], Gen.Int[1, 4]).Array[0, 5], Gen.Int[0, 80]).Sample((history, draws, start) =>
        {
            var window = new Period(Paths.Noon.AddMinutes(start), Paths.Noon.AddMinutes(start + 90));
            var spells = DeclaredSpell.Of(draws.Select((draw, index) => Declaration(index, draw.Item3, draw.Item1, draw.Item1 + draw.Item2)));
            var report = DriftReport.Of(spells, Paths.Outcomes(history.Slots), window);

            var declared = spells.Sum(spell => Math.Max(0, (Earlier(spell.End, window.End) - Later(spell.Start, window.Start)).Ticks));
            Assert.Equal(declared, report.Declared.Ticks);
            Assert.Equal(declared, Enum.GetValues<DriftRelation>().Sum(relation => report.TimeOf(relation).Ticks));
            Assert.All(report.Spells, spell => Assert.True(spell.Start < spell.End && spell.Start >= window.Start && spell.End <= window.End));
            Assert.All(report.Spells.Zip(report.Spells.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        });

    private static DeclaredSpell Spell(int level, int fromMinute, int toMinute) => DeclaredSpell.Of([Declaration(1, level, fromMinute, toMinute)])[0];

    private static Declaration Declaration(int number, int level, int fromMinute, int toMinute) =>
        new(number, new OrganisationCode("SIM"), null, level, "made up", "local", Paths.Noon.AddMinutes(fromMinute), Paths.Noon.AddMinutes(toMinute));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one >= other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one <= other ? one : other;
}
