using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class EscalationWalkTests
{
    private static readonly Period[] Months = [.. Grid.SlotsBetween(Cadence.Month, March.Start.AddMonths(-9), March.End.AddMonths(6))];

    [Fact]
    public void Evaluate_RoomForFewerOutcomesThanSlots_IsRefused() =>
        Assert.StartsWith(
            $"There is room for 1 outcomes; {Months.Length} slots were asked for.",
            Assert.Throws<ArgumentException>(() => SmallSystem.Escalation.Evaluate(TwoInputs, Sys, Months, _ => SeriesColumn.Empty, new ShownOutcome[1])).Message,
            StringComparison.Ordinal);

    /// <summary>P2 leaves the system on 1 April 2026: from then on its figures are not its.</summary>
    [Fact]
    public void Evaluate_ProviderMovesAway_LeavesItsFiguresOutFromThatDayOn()
    {
        var figures = Months.SelectMany(month => new[] { P1, P2 }.SelectMany(provider => new[]
        {
            State("ed-seen", provider, month, 100), State("ed-breaches", provider, month, provider == P2 ? 90 : 5),
            State("utc-seen", provider, month, 100), State("utc-breaches", provider, month, provider == P2 ? 90 : 5),
        }));

        var outcomes = new ShownOutcome[Months.Length];
        SmallSystem.Escalation.Evaluate(TwoInputs, Sys, Months, new StatementSet(figures).ColumnOf, outcomes);

        Assert.Equal(
            Months.Select(month => month.End <= March.End ? 4 : 1),
            outcomes.Select(outcome => (int)outcome.Outcome.Level));
    }
}
