using CsCheck;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Tests.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Levels;

public sealed class LevelEventsTests
{
    /// <summary>Levels by shares of 12 points; falls after two calm slots, holds for two.</summary>
    private static readonly Framework Patient = Frameworks.Shares with
    {
        Hysteresis = Frameworks.Shares.Hysteresis with { Slots = 2 },
    };

    [Fact]
    public void Of_CalculatedLevel_TellsFirstRiseFallLossAndReturnWithHowLongEachLasted()
    {
        var events = Of(LevelTrack.Calculated, Patient, "0000", "2220", "2220", "0000", "----", "----", "2222");

        Assert.Equal(
            [
                (1, LevelEventKind.First, null, 1, null),
                (2, LevelEventKind.Rise, 1, 2, 15),
                (4, LevelEventKind.Fall, 2, 1, 30),
                (5, LevelEventKind.BecameUnknown, 1, null, 15),
                (7, LevelEventKind.CameBack, 1, 3, 30),
            ],
            events.Select(found => (SlotOf(found.At), found.Kind, found.From, found.To, (int?)found.Lasted?.TotalMinutes)));
    }

    [Fact]
    public void Of_ShownLevelFallsWithPatience_ComparesWithTheSlotBeforeTheCalmBegan()
    {
        var fall = Of(LevelTrack.Shown, Patient, "2222", "0000", "0000").Single(found => found.Kind == LevelEventKind.Fall);

        Assert.Equal((3, 1), (SlotOf(fall.At), SlotOf(fall.ComparedWith!.Value)));
    }

    [Fact]
    public void Of_ShownLevelUnknownAfterTheHold_ComparesWithTheLastSlotThatHadALevel()
    {
        var unknown = Of(LevelTrack.Shown, Patient, "2222", "----", "----", "----").Single(found => found.Kind == LevelEventKind.BecameUnknown);

        Assert.Equal((4, 1, 3, null), (SlotOf(unknown.At), SlotOf(unknown.ComparedWith!.Value), unknown.From, unknown.To));
    }

    [Fact]
    public void Of_UnknownAndEvenTheBestIsMore_IsARiseOfWhatItAlertsAs()
    {
        var framework = Patient with { MissingData = Patient.MissingData with { HoldSlots = 0, MinimumObservablePercent = 80 } };

        var events = Of(LevelTrack.Shown, framework, "0000", "----", "333-");

        Assert.Equal((LevelEventKind.Rise, 1, 3), (events[^1].Kind, events[^1].From, events[^1].To));
    }

    [Fact]
    public void Of_AnotherVersion_IsABreakAndNothingIsComparedAcrossIt()
    {
        var before = Paths.Versioned(Paths.Through(Patient, "2222", "2222"));
        var after = Paths.Versioned(Paths.Through(Patient, "0000", "0000", "0000").Skip(2), "2");

        var events = LevelEvents.Of([.. before, .. after]).Where(found => SlotOf(found.At) == 3).ToList();

        Assert.Equal([LevelEventKind.VersionBreak, LevelEventKind.First, LevelEventKind.First], events.Select(found => found.Kind));
        Assert.All(events, found => Assert.Equal(("2", null, null), (found.Version, found.ComparedWith, found.From)));
    }

    [Fact]
    public void Of_Declarations_TellsBeginningsAndEndsUpToTheInstant()
    {
        var declaration = new Declaration(1, new OrganisationCode("SIM"), null, 4, "made up", "local", Paths.Noon, Paths.Noon.AddHours(4));
        var spells = DeclaredSpell.Of([declaration, declaration with { Number = 2, DeclaredAt = Paths.Noon.AddHours(1) }]);

        var events = LevelEvents.Of(spells, "1", Paths.Noon.AddHours(2));

        Assert.Equal([LevelEventKind.Begun, LevelEventKind.Replaced, LevelEventKind.Begun], events.Select(found => found.Kind));
    }

    [Fact]
    public void Between_InputsThatMoved_TellsThoseThatScoreOtherwiseCameOrWent()
    {
        var scorer = Patient.Score();

        var moves = InputMove.Between(scorer, Paths.Inputs(Patient, "02-1"), Paths.Inputs(Patient, "1-31"));

        Assert.Equal(
            [("p1", InputMoveKind.BecameMissing, 2m, null), ("p2", InputMoveKind.CameBack, null, 3m), ("p0", InputMoveKind.Moved, 0m, (decimal?)1m)],
            moves.Select(move => (move.Parameter.Indicator, move.Kind, move.PointsBefore, move.PointsAfter)));
    }

    /// <summary>From the events of a track its levels can be told again, slot by slot.</summary>
    [Fact]
    public void Of_AnyHistory_TellsEveryChangeAndNoOther() =>
        Paths.Any.Sample(history =>
        {
            var path = Paths.Versioned(history.Slots);
            var byTrack = LevelEvents.Of(path).ToLookup(found => found.Track);
            var (calculated, shown) = ((int?)null, (int?)null);
            foreach (var (_, reading) in path)
            {
                foreach (var found in byTrack[LevelTrack.Calculated].Where(found => found.At == reading.At))
                {
                    Assert.NotEqual(calculated, found.To);
                    calculated = found.To;
                }

                foreach (var found in byTrack[LevelTrack.Shown].Where(found => found.At == reading.At))
                {
                    shown = found.AlertsAs;
                }

                Assert.Equal(reading.Outcome.IsCalculated ? reading.Outcome.Level : null, calculated);
                Assert.Equal(reading.Shown.Level, shown ?? 0);
            }

            Assert.All(LevelEvents.Of(path), found => Assert.True(found.ComparedWith is null || found.ComparedWith < found.At));
        });

    /// <summary>A calculated level changes for no other reason than that some input moved.</summary>
    [Fact]
    public void Of_AnyHistory_HasACauseForEveryChangeOfTheCalculatedLevel() =>
        Paths.Any.Sample(history =>
        {
            var inputs = history.Slots.ToDictionary(slot => slot.Inputs.Slot.End, slot => slot.Inputs.Inputs);
            Assert.All(
                LevelEvents.Of(Paths.Versioned(history.Slots)).Where(found => found.Track == LevelTrack.Calculated && found.ComparedWith is not null),
                found => Assert.NotEmpty(InputMove.Between(history.Scorer, inputs[found.ComparedWith!.Value], inputs[found.At])));
        });

    private static List<LevelEvent> Of(LevelTrack track, Framework framework, params string[] slots) =>
        [.. LevelEvents.Of(Paths.Versioned(Paths.Through(framework, slots))).Where(found => found.Track == track)];

    private static int SlotOf(DateTimeOffset at) => (int)((at - Paths.Noon).TotalMinutes / 15);
}
