using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.Checks.CheckSamples;

namespace MetricsHub.Domain.Tests.Checks;

public sealed class StatementChecksTests
{
    [Theory]
    [InlineData(-1, CheckKinds.Plausible)]
    [InlineData(5001, CheckKinds.Plausible)]
    [InlineData(12.5, CheckKinds.Whole)]
    [InlineData(-0.5, CheckKinds.Plausible | CheckKinds.Whole)]
    public void Check_NumberThatCannotBe_RefusesItAndSaysWhy(double number, CheckKinds expected)
    {
        var refusal = Assert.Single(Gate.Check([State("beds-open", number), State("wait", 1)], Nothing).Refused);

        Assert.Equal((State("beds-open", number), expected), (refusal.Statement, refusal.Checks));
        Assert.False(refusal.LeavesNothing);
        Assert.NotEmpty(refusal.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void Check_NumberOnTheEdge_KeepsIt(double number) => Assert.Empty(Gate.Check([State("beds-open", number)], Nothing).Refused);

    [Fact]
    public void Check_AbsencesAndMetricsWithoutRules_AreKept()
    {
        Statement[] statements = [State("beds-open", 1) with { Figure = Figure.Absent(AbsenceCode.Suppressed) }, State("other", -4.5)];

        var result = Gate.Check(statements, Nothing);

        Assert.Equal(statements, result.Kept);
        Assert.Empty(result.Refused);
    }

    [Fact]
    public void Check_OccupiedAboveCapacity_RefusesBothOfThatOrganisationAndDay()
    {
        Statement[] statements =
        [
            State("beds-open", 100), State("beds-occupied", 126), State("beds-open", 100, day: 1), State("beds-occupied", 125, day: 1),
            State("beds-open", 100, organisation: "RA7"), State("beds-occupied", 50, organisation: "RA7"),
        ];

        var result = Gate.Check(statements, Nothing);

        Assert.Equal(statements[..2], result.Refused.Select(refusal => refusal.Statement));
        Assert.All(result.Refused, refusal => Assert.Equal(
            (CheckKinds.NotAbove, "beds-occupied of 126 exceeds beds-open of 100 by more than 1.25 times"), (refusal.Checks, refusal.Reason)));
    }

    [Fact]
    public void Check_OneSideRefusedByItself_LeavesTheOther()
    {
        var refusal = Assert.Single(Gate.Check([State("beds-open", 100), State("beds-occupied", 60_000)], Nothing).Refused);

        Assert.Equal(("beds-occupied", CheckKinds.Plausible), (refusal.Statement.Series.Metric.ToString(), refusal.Checks));
    }

    [Theory]
    [InlineData(80, 21, 3)]
    [InlineData(80, 19, 3)]
    [InlineData(80, 20, 0)]
    public void Check_PartsThatMakeUpTheirTotal_AreRefusedWithItWhereTheyDoNot(double attended, double missed, int refused) =>
        Assert.Equal(
            refused,
            Gate.Check([State("attended", attended), State("missed", missed), State("appointments", 100)], Nothing).Refused
                .Count(refusal => refusal.Checks == CheckKinds.Parts));

    [Fact]
    public void Check_APartIsNotThere_JudgesOnlyWhatCannotBe()
    {
        Assert.Empty(Gate.Check([State("attended", 80), State("appointments", 100)], Nothing).Refused);
        Assert.Equal(2, Gate.Check([State("attended", 101), State("appointments", 100)], Nothing).Refused.Count);
    }

    [Fact]
    public void Check_RuleNamesWhoIsRefused_RefusesThoseOnly() =>
        Assert.Equal(
            ["category-1", "category-2"],
            Gate.Check([State("category-1", 60), State("category-2", 50), State("incidents", 100)], Nothing).Refused
                .Select(refusal => refusal.Statement.Series.Metric.ToString()));

    [Theory]
    [InlineData(600, false)]
    [InlineData(601, true)]
    public void Check_PeriodThatStartsAfterRetrieval_LeavesNothingOfItPastTheAllowance(int secondsAhead, bool refused)
    {
        var start = RetrievedAt.AddSeconds(secondsAhead);
        var statement = State("beds-open", 5) with { Period = new Period(start, start.AddHours(1)) };

        var result = Gate.Check([statement], Nothing);

        Assert.Equal(refused, result.Refused.Any(refusal => refusal is { Checks: CheckKinds.Future, LeavesNothing: true }));
        Assert.Equal(refused ? 0 : 1, result.Kept.Count);
    }

    [Fact]
    public void Check_InstantThatTheRowStatesIsAhead_IsOfTheFuture()
    {
        var ahead = State("beds-open", 5) with { StatedAt = RetrievedAt.AddMinutes(11) };

        Assert.Equal(CheckKinds.Future, Assert.Single(Gate.Check([ahead, State("beds-occupied", 5)], Nothing).Refused).Checks);
    }

    [Fact]
    public void Check_OrganisationNotKnown_IsRefusedOnlyWhereTheSourceSaysSo()
    {
        Statement[] statements = [State("beds-open", 5), State("beds-open", 5, organisation: "X99")];

        var refusal = Assert.Single(Gate.Check(statements, Nothing with { IsKnown = code => code.ToString() == "RTP" }).Refused);

        Assert.Equal((statements[1], CheckKinds.UnknownOrganisation, true), (refusal.Statement, refusal.Checks, refusal.LeavesNothing));
        Assert.Empty(Gate.Check(statements, Nothing).Refused);
    }
}
