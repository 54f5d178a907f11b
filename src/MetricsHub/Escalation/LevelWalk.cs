using System.Runtime.CompilerServices;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Escalation;

/// <summary>
/// An organisation's way over a framework's slots, from the figures in the store: a stretch at a time, so that a year takes no more memory
/// than a few days of it.
/// </summary>
internal sealed class LevelWalk(HubCatalogue catalogue, FigureWindows windows)
{
    private const int FirstStretch = 64;
    private const int LongestStretch = 1024;

    public EscalationCalculator Calculator { get; } =
        new(catalogue.Indicators, new IndicatorCalculator(catalogue.Organisations, catalogue.Metrics, catalogue.SharedServices, catalogue.Expectations));

    /// <summary>The slots that end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    /// <param name="before">What was shown at the slot before the first.</param>
    /// <param name="wanted">
    /// Slots that end at or before it are gone over only for what they make of the later ones; where nothing is shown and no figure
    /// speaks for them any more, they make nothing of them and are left out.
    /// </param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async IAsyncEnumerable<Walked> OverAsync(
        Framework framework,
        Organisation organisation,
        FrameworkSeries series,
        DateTimeOffset from,
        DateTimeOffset to,
        ShownLevel before,
        DateTimeOffset wanted,
        DateTimeOffset? asOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var slots = JudgedSlots.Between(framework, organisation, catalogue.Organisations, from, to).ToArray();
        var lastReach = series.LastReach(framework) ?? DateTimeOffset.MinValue;
        var length = FirstStretch;
        for (var at = 0; at < slots.Length;)
        {
            if (before == default && slots[at].End > lastReach && slots[at].End <= wanted)
            {
                at++;
                continue;
            }

            var stretch = slots[at..Math.Min(at + length, slots.Length)];
            var statements = await windows.ReadAsync(framework, series, stretch[0].End, stretch[^1].End, asOf, cancellationToken);
            var outcomes = new ShownOutcome[stretch.Length];
            Calculator.Evaluate(framework, organisation.Code, stretch, statements.ColumnOf, outcomes, before);
            yield return new Walked(outcomes, statements);
            before = outcomes[^1].Shown;
            at += stretch.Length;
            length = LongestStretch;
        }
    }
}

/// <summary>A stretch of slots, and the figures that they rest on.</summary>
internal sealed record Walked(ShownOutcome[] Outcomes, StatementSet Statements);
