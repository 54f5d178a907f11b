using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

/// <summary>Many slots at once are what one slot at a time would be, whatever the figures' order of arrival.</summary>
public sealed class EscalationWalkPropertyTests
{
    private static readonly Period[] Months = [.. Grid.SlotsBetween(Cadence.Month, March.Start.AddMonths(-9), March.End.AddMonths(6))];

    private static readonly Gen<RecordedStatement[]> AnyFigures =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 100]).Array[4].Array[2].Array[Months.Length].Select(draws =>
        {
            string[] metrics = ["ed-seen", "ed-breaches", "utc-seen", "utc-breaches"];
            return draws.SelectMany((month, m) => month.SelectMany((organisation, o) => organisation.SelectMany((draw, i) =>
                ToFigure(draw.Item1, draw.Item2) is { } figure ? [State(metrics[i], o == 0 ? P1 : P2, Months[m], figure)] : Array.Empty<RecordedStatement>()))).ToArray();
        });

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(100)]
    public void Evaluate_ManySlots_IsWhatEachOfThemIsAlone(int maximumAgeDays) =>
        AnyFigures.Sample(
            figures =>
            {
                var framework = WithAge(maximumAgeDays);
                var statements = new StatementSet(figures);
                var outcomes = Walk(framework, statements);

                Assert.All(outcomes, outcome =>
                    Assert.Equal(
                        SmallSystem.Escalation.Evaluate(framework, Sys, Months.Single(month => month.End == outcome.At), statements, _ => AbsenceCode.Late).Outcome,
                        outcome.Outcome));
            },
            iter: 1_000);

    [Fact]
    public void Evaluate_FiguresThatArriveInAnotherOrder_IsTheSame() =>
        Gen.Select(AnyFigures, Gen.Int[0, 1_000_000]).Sample(
            (figures, seed) => Assert.Equal(
                Walk(WithAge(40), new StatementSet(figures)),
                Walk(WithAge(40), new StatementSet(figures.OrderBy(statement => HashCode.Combine(statement.Series, statement.Period, seed))))),
            iter: 2_000);

    [Fact]
    public void Evaluate_InTwoParts_GoesOnWhereItWas() =>
        Gen.Select(AnyFigures, Gen.Int[1, Months.Length - 1]).Sample(
            (figures, cut) =>
            {
                var statements = new StatementSet(figures);
                var whole = Walk(WithAge(0), statements);
                var rest = new ShownOutcome[Months.Length - cut];
                SmallSystem.Escalation.Evaluate(WithAge(0), Sys, Months.AsSpan(cut), statements.ColumnOf, rest, whole[cut - 1].Shown);

                Assert.Equal(whole[cut..], rest);
            },
            iter: 2_000);

    private static ShownOutcome[] Walk(Framework framework, StatementSet statements)
    {
        var outcomes = new ShownOutcome[Months.Length];
        SmallSystem.Escalation.Evaluate(framework, Sys, Months, statements.ColumnOf, outcomes);
        return outcomes;
    }

    private static Framework WithAge(int days) => days == 0 ? TwoInputs : TwoInputs with
    {
        Parameters = [.. TwoInputs.Parameters.Select(parameter => parameter with { MaximumAge = new MaximumAge(TimeSpan.FromDays(days), Provenance.LocalPlaceholder, "test") })],
    };

    private static Figure? ToFigure(int kind, int value) => kind switch
    {
        0 => null,
        1 => Figure.Absent(AbsenceCode.Rejected),
        2 => Figure.Absent(AbsenceCode.Late),
        3 => Figure.Absent(AbsenceCode.NotDue),
        _ => Figure.Of(value),
    };
}
