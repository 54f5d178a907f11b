using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class DerivationTests
{
    private static readonly Period February = LondonCalendar.Month(2026, 2);

    private static readonly RecordedStatement[] Figures =
    [
        State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 25), State("ed-seen", P2, March, Figure.Absent(AbsenceCode.NotDue)),
        State("ed-breaches", P2, March, Figure.Absent(AbsenceCode.NotDue)), State("utc-seen", P2, March, 50), State("utc-breaches", P2, March, 3),
    ];

    [Fact]
    public void Hash_OtherOrderOtherClockOtherReasonForSilence_IsTheSame()
    {
        var other = Figures.Reverse().Select(statement => statement with { RecordedAt = statement.RecordedAt.AddDays(9) });

        var (one, two) = (Derive(TwoInputs, Figures, AbsenceCode.Late), Derive(TwoInputs, other, AbsenceCode.SourceDown));

        Assert.Equal((one.InputsHash, one.Hash), (two.InputsHash, two.Hash));
        Assert.Matches("^[0-9a-f]{64}$", one.Hash);
    }

    [Fact]
    public void Hash_AnythingThatDecidesChanges_IsAnother()
    {
        RecordedStatement[][] changed =
        [
            Figures,
            With(0, statement => statement with { Figure = Figure.Of(101) }),
            With(0, statement => statement with { Row = 2 }),
            With(0, statement => statement with { Publication = PublicationId.Of("other"u8) }),
            With(2, statement => statement with { Figure = Figure.Absent(AbsenceCode.Suppressed) }),
            [.. Figures.Skip(4)],
        ];

        Assert.Equal(changed.Length, changed.Select(figures => Derive(TwoInputs, figures).InputsHash).Distinct().Count());
        Assert.Equal(changed.Length, changed.Select(figures => Derive(TwoInputs, figures).Hash).Distinct().Count());
    }

    [Fact]
    public void Hash_OtherRules_IsAnotherOverTheSameInputs()
    {
        var (one, two) = (Derive(TwoInputs, Figures), Derive(TwoInputs with { Version = "2" }, Figures));

        Assert.Equal(one.InputsHash, two.InputsHash);
        Assert.NotEqual(one.Hash, two.Hash);
    }

    [Fact]
    public void Hash_OtherLevelShownBefore_IsAnother()
    {
        var reading = Derive(TwoInputs, Figures).Reading;
        ShownLevel[] before = [default, new(ShownStatus.Known, 3, March.Start, 0, 0, 0), new(ShownStatus.Known, 3, March.Start, 1, 2, 0)];

        var hashes = before.Select(level => new Derivation(
            RulesOf(TwoInputs), reading, new Fold(level, [new ShownOutcome(March.End, reading.Outcome, level.Next(RulesOf(TwoInputs).ToScorer(), reading.Outcome, March.End))], 0)).InputsHash);

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public void Others_WhoDoNotContribute_AreToldWithWhatTheyStateAndLastContributed()
    {
        var derivation = Derive(TwoInputs, [State("ed-seen", P1, February, 80), State("ed-breaches", P1, February, 8), State("ed-seen", P1, March, 100), State("ed-seen", P2, March, 10), State("ed-breaches", P2, March, 1)]);

        var ed = derivation.Inputs.First();
        var other = Assert.Single(ed.Others);
        Assert.Equal((P1, ContributorStatus.Lacks), (other.Organisation, other.Status));
        Assert.Equal(March, Assert.Single(other.Stated).Period);
        Assert.Equal((8, 80), (other.Last!.Numerator, other.Last.Denominator));
        Assert.All(other.Last.Statements, statement => Assert.Equal(February, statement.Period));
        Assert.Equal(100.0 * 10 / 90, ed.CoveragePercent);
        Assert.Equal([ContributorStatus.Unheard, ContributorStatus.Unheard], derivation.Inputs.Last().Others.Select(each => each.Status));
    }

    private static RecordedStatement[] With(int at, Func<RecordedStatement, RecordedStatement> change) =>
        [.. Figures.Select((statement, index) => index == at ? change(statement) : statement)];

    private static FrameworkRules RulesOf(Framework framework) =>
        FrameworkRules.Of(framework, new[] { Ed, Utc }.ToDictionary(indicator => indicator.Key), SmallSystem.Metrics);

    private static Derivation Derive(Framework framework, IEnumerable<RecordedStatement> figures, AbsenceCode missing = AbsenceCode.Late) => new(
        RulesOf(framework), RulesOf(framework).CalculatorOver(Tree).Evaluate(framework, Sys, March, new StatementSet(figures), _ => missing), fold: null);
}
