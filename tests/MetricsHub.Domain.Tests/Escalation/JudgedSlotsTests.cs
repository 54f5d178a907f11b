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

    private static readonly OrganisationTree Tree = new(
        [new(new("REG"), "Region", OrganisationKind.Region, DateSpan.Always, null, "test"), new(new("SYS"), "System", OrganisationKind.System, DateSpan.Always, null, "test")],
        [new(new("SYS"), new("REG"), DateSpan.Always, Basis.Quoted, "test", null)],
        []);

    [Fact]
    public void Between_AnySpans_AreTheSlotsOnWhoseLastDayItIsInForceAndOpen() => Gen.Select(
        Spans, Spans, Gen.Select(Gen.Bool, Spans).Select((any, span) => any ? span : (DateSpan?)null), Gen.Int[0, 2].Select(grid => (Cadence)grid)).Sample((valid, open, adopted, grid) =>
        {
            var framework = Frameworks.Shares with
            {
                Valid = valid,
                Grid = grid,
                Adopted = adopted is { } days ? [new Adoption(new("REG"), days, Provenance.LocalPlaceholder, "test")] : [],
            };
            var organisation = new Organisation(new OrganisationCode("SYS"), "System", OrganisationKind.System, open, null, "test");
            var (from, to) = (LondonCalendar.StartOf(First.AddDays(5)).AddHours(3), LondonCalendar.StartOf(First.AddDays(60)));

            Assert.Equal(
                Grid.SlotsBetween(grid, from, to).Where(slot => LondonCalendar.LastDayOf(slot) is var day && (adopted ?? valid).Contains(day) && open.Contains(day)),
                JudgedSlots.Between(framework, organisation, Tree, from, to));
        });

    [Fact]
    public void Between_OtherKindOfOrganisation_AreNone() => Assert.Empty(JudgedSlots.Between(
        Frameworks.Shares,
        new Organisation(new OrganisationCode("P1"), "Provider", OrganisationKind.Provider, DateSpan.Always, null, "test"),
        Tree,
        LondonCalendar.StartOf(First), LondonCalendar.StartOf(First.AddDays(1))));
}
