using CsCheck;
using MetricsHub.Domain.Headroom;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Headroom;

public sealed class HeadroomRuleTests
{
    private const string Open = "beds-open";
    private const string Occupied = "beds-occupied";

    private static readonly OrganisationCode Site = new("SITE");
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly HeadroomRule Beds = Rule(new MetricKey(Open), new MetricKey(Occupied), null);
    private static readonly HeadroomRule Slots = Rule(null, null, new MetricKey("slots-free"));

    [Fact]
    public void Read_CapacityAndUsed_IsTheirDifference()
    {
        var found = Read(Beds, State(Open, 0, 120), State(Occupied, 0, 113));

        Assert.Equal((HeadroomStatus.Known, 7.0, 120.0, 113.0, null), (found.Status, found.Free, found.Capacity, found.Used, found.Absence));
    }

    [Fact]
    public void Read_MoreUsedThanThereIs_IsBelowZero() => Assert.Equal(-3, Read(Beds, State(Open, 0, 110), State(Occupied, 0, 113)).Free);

    [Fact]
    public void Read_FreeAsStated_IsTaken() => Assert.Equal((4.0, null), (Read(Slots, State("slots-free", 0, 4)).Free, Read(Slots, State("slots-free", 0, 4)).Capacity));

    [Fact]
    public void Read_OneOfTheFiguresSilent_TakesTheNewestPeriodThatHasBoth()
    {
        var found = Read(Beds, State(Open, 0, 120), State(Open, 1, 118), State(Occupied, 1, 110));

        Assert.Equal((8.0, Noon.AddMinutes(-15)), (found.Free, found.Period!.Value.End));
    }

    [Theory]
    [InlineData(AbsenceCode.Rejected, HeadroomStatus.Unknown)]
    [InlineData(AbsenceCode.NotDue, HeadroomStatus.Closed)]
    [InlineData(AbsenceCode.NotApplicable, HeadroomStatus.NotApplicable)]
    public void Read_OneStatedNotToBeThere_IsNotBridgedByAnOlderOne(AbsenceCode code, HeadroomStatus status)
    {
        var found = Read(Beds, State(Open, 0, 120), State(Occupied, 0, Figure.Absent(code)), State(Open, 1, 118), State(Occupied, 1, 110));

        Assert.Equal((status, null, code), (found.Status, found.Free, found.Absence));
    }

    [Fact]
    public void Read_FiguresTooOld_IsStaleAndNamesTheirPeriod()
    {
        var found = Read(Beds, State(Open, 5, 120), State(Occupied, 5, 110));

        Assert.Equal((HeadroomStatus.Stale, null, Noon.AddMinutes(-75), AbsenceCode.Late), (found.Status, found.Free, found.Period!.Value.End, found.Absence));
    }

    [Fact]
    public void Read_AtTheMaximumAge_IsStillKnown() => Assert.Equal(HeadroomStatus.Known, Read(Beds, State(Open, 4, 120), State(Occupied, 4, 110)).Status);

    [Fact]
    public void Read_NeverBothStated_IsUnknown()
    {
        Assert.Equal((HeadroomStatus.Unknown, null), (Read(Beds).Status, Read(Beds).Period));
        Assert.Equal((HeadroomStatus.Unknown, null), (Read(Beds, State(Open, 0, 120)).Status, Read(Beds, State(Open, 0, 120)).Free));
    }

    [Fact]
    public void Read_Closed_IsNeverANumber()
    {
        var found = Beds.Read(Site, [State(Open, 0, 120), State(Occupied, 0, 110)], Noon, isClosed: true, _ => AbsenceCode.Late);

        Assert.Equal((HeadroomStatus.Closed, null, AbsenceCode.NotDue), (found.Status, found.Free, found.Absence));
    }

    [Fact]
    public void Read_AnyStatements_IsANumberOnlyWhereBothFiguresOfOnePeriodAreThereInTime() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 8], Gen.Int[-1, 50]).Array[0, 12].Sample(draws =>
        {
            var statements = draws.DistinctBy(draw => (draw.Item1, draw.Item2))
                .Select(draw => State(draw.Item1 ? Open : Occupied, draw.Item2, draw.Item3 < 0 ? Figure.Absent(AbsenceCode.Rejected) : Figure.Of(draw.Item3))).ToList();

            var found = Beds.Read(Site, statements, Noon, isClosed: false, _ => AbsenceCode.Late);

            Assert.Equal(found.Status == HeadroomStatus.Known, found.Free is not null);
            Assert.Equal(found.Status == HeadroomStatus.Known, found.Absence is null);
            if (found.Free is { } free)
            {
                Assert.True(Noon - found.Period!.Value.End <= Beds.MaximumAge);
                Assert.Equal(NumberOf(Open) - NumberOf(Occupied), free);
            }

            double NumberOf(string metric) =>
                statements.Single(statement => statement.Period == found.Period && statement.Series.Metric == new MetricKey(metric)).Figure.TryGetNumber(out var number) ? number : double.NaN;
        });

    private static HeadroomReading Read(HeadroomRule rule, params RecordedStatement[] statements) =>
        rule.Read(Site, statements, Noon, isClosed: false, _ => AbsenceCode.Late);

    private static HeadroomRule Rule(MetricKey? capacity, MetricKey? used, MetricKey? free) =>
        new("beds", "Beds", "acute-beds", capacity, used, free, "beds", TimeSpan.FromHours(1), Provenance.LocalPlaceholder, "test");

    private static RecordedStatement State(string metric, int quartersAgo, double value) => State(metric, quartersAgo, Figure.Of(value));

    private static RecordedStatement State(string metric, int quartersAgo, Figure figure)
    {
        var end = Noon.AddMinutes(-15 * quartersAgo);
        return new RecordedStatement(new SeriesKey(new MetricKey(metric), Site), new Period(end.AddMinutes(-15), end), figure, 1, PublicationId.Of("test"u8), end);
    }
}
