using CsCheck;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Observations;
using Xunit;
using static MetricsHub.Domain.Tests.Checks.CheckSamples;

namespace MetricsHub.Domain.Tests.Checks;

public sealed class CheckPropertyTests
{
    private static readonly string[] Metrics = ["beds-open", "beds-occupied", "wait", "attended", "missed", "appointments", "category-1", "incidents", "other"];
    private static readonly double[] Numbers = [-1, 0, 0.5, 9, 10, 11, 100, 125, 126, 600, 6000];

    /// <summary>Few organisations, and days of which some lie ahead, so that every check finds something.</summary>
    private static readonly Gen<Statement[]> AnyStatements =
        Gen.Select(Gen.Int[0, Metrics.Length - 1], Gen.Int[0, 1], Gen.Int[0, 12], Gen.Int[0, Numbers.Length - 1], Gen.Int[0, 9], Gen.Bool, (metric, organisation, day, number, absence, ahead) =>
                State(Metrics[metric], Numbers[number], ahead && day == 12 ? 300 : day, organisation == 0 ? "RTP" : "X99") is var statement && absence == 0
                    ? statement with { Figure = Figure.Absent(AbsenceCode.Suppressed) }
                    : statement)
            .Array[0, 60]
            .Select(statements => statements.DistinctBy(statement => (statement.Series, statement.Period)).Select((statement, row) => statement with { Row = row + 2 }).ToArray());

    private static readonly CheckedAgainst Against = Nothing with
    {
        IsKnown = code => code.ToString() == "RTP",
        History = History("wait", 10, 11, 9, 10, 12, 10, 9, 11),
    };

    [Fact]
    public void Check_AnyStatements_KeepsOrRefusesEachOnce() =>
        AnyStatements.Sample(statements =>
        {
            var result = Gate.Check(statements, Against);

            Assert.Equal(
                statements,
                result.Kept.Concat(result.Refused.Select(refusal => refusal.Statement)).OrderBy(statement => statement.Row));
            Assert.All(result.Refused, refusal => Assert.True(refusal.Checks != CheckKinds.None && refusal.Reason.Length > 0));
        });

    [Fact]
    public void Check_RowsInAnotherOrder_RefusesTheSameForTheSameReasons() =>
        AnyStatements.SelectMany(statements => Gen.Shuffle(statements).Select(shuffled => (statements, shuffled))).Sample(pair =>
            Assert.Equal(
                Gate.Check(pair.statements, Against).Refused.OrderBy(refusal => refusal.Statement.Row),
                Gate.Check(pair.shuffled, Against).Refused.OrderBy(refusal => refusal.Statement.Row)));
}
