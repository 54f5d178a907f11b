using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class SlotInputsTests
{
    private static readonly Period[] Months = [March, April, LondonCalendar.Month(2026, 5)];

    /// <summary>P2 leaves the system at the end of March: from April on P1 alone makes the shares.</summary>
    [Fact]
    public void InputsOf_SlotsOnBothSidesOfAMove_AreWhatEachSlotAloneIsMadeOf()
    {
        var statements = new StatementSet(
        [
            .. Months.SelectMany(month => new[]
            {
                State("ed-seen", P1, month, 100), State("ed-breaches", P1, month, 40), State("ed-seen", P2, month, 100), State("ed-breaches", P2, month, 20),
                State("utc-seen", P1, month, 100), State("utc-breaches", P1, month, 15),
            }),
        ]);

        var found = SmallSystem.Escalation.InputsOf(TwoInputs, Sys, Months, statements.ColumnOf).ToList();

        Assert.Equal(Months, found.Select(slot => slot.Slot));
        Assert.Equal([0.3, 0.4, 0.4], found.Select(slot => slot.Inputs[0].Value));
        Assert.Equal([2, 3, 3], found.Select(slot => slot.Inputs[0].Band));
        Assert.Equal([0.15, 0.15, 0.15], found.Select(slot => slot.Inputs[1].Value));
        Assert.Equal(Months.Select(month => SmallSystem.Escalation.Evaluate(TwoInputs, Sys, month, statements, _ => AbsenceCode.Late).Outcome), found.Select(slot => slot.Outcome));
        Assert.Equal(found.Skip(2).Select(slot => slot.Outcome), SmallSystem.Escalation.InputsOf(TwoInputs, Sys, Months[2..], statements.ColumnOf).Select(slot => slot.Outcome));
    }

    [Fact]
    public void Evaluate_OneDomainAtItsWorst_StandsBesideTheWholeAsItsOwnPillar()
    {
        var reading = Evaluate(
            TwoInputs, State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 50), State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 5));

        Assert.Equal([("ed", 4), ("utc", 1)], reading.Pillars.Select(pillar => (pillar.ServiceDomain, (int)pillar.Outcome.Level)));
        Assert.Equal(3, reading.CalculatedLevel);
    }

    [Fact]
    public void IsShadow_OfFrameworks_IsTheCandidatesAlone() =>
        Assert.Equal((false, true), (TwoInputs.IsShadow, (TwoInputs with { Status = FrameworkStatus.Shadow }).IsShadow));
}
