using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class JudgedSlotsTests
{
    private static readonly DateOnly First = new(2026, 2, 20);

    private static readonly Gen<DateSpan> Spans =
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 30], Gen.Bool, Gen.Bool).Select((from, days, openFrom, openTo) =>
            new DateSpan(openFrom ? null : First.AddDays(from), openTo ? null : First.AddDays(from + days)));

    [Fact]
    public void Between_AnySpans_AreTheSlotsWhoseLastDayLiesInBoth() => Gen.Select(
        Spans, Spans, Gen.Int[0, 2].Select(grid => (Cadence)grid)).Sample((valid, open, grid) =>
        {
            var framework = Frameworks.Shares with { Valid = valid, Grid = grid };
            var organisation = new Organisation(new OrganisationCode("SYS"), "System", OrganisationKind.System, open, null, "test");
            var (from, to) = (LondonCalendar.StartOf(First.AddDays(5)).AddHours(3), LondonCalendar.StartOf(First.AddDays(60)));

            Assert.Equal(
                Grid.SlotsBetween(grid, from, to).Where(slot => LondonCalendar.LastDayOf(slot) is var day && valid.Contains(day) && open.Contains(day)),
                JudgedSlots.Between(framework, organisation, from, to));
        });

    [Fact]
    public void Between_OtherKindOfOrganisation_AreNone() => Assert.Empty(JudgedSlots.Between(
        Frameworks.Shares,
        new Organisation(new OrganisationCode("P1"), "Provider", OrganisationKind.Provider, DateSpan.Always, null, "test"),
        LondonCalendar.StartOf(First), LondonCalendar.StartOf(First.AddDays(1))));
}
