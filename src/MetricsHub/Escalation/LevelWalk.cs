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
    private const int LongestStretch = 2048;

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
        Task<StatementSet>? ahead = null;
        try
        {
            for (var at = 0; at < slots.Length;)
            {
                if (before == default && slots[at].End > lastReach && slots[at].End <= wanted)
                {
                    at++;
                    continue;
                }

                var count = Math.Min(length, slots.Length - at);
                var statements = await (ahead ?? ReadAsync(at, count));
                length = LongestStretch;

                // The next stretch is read while this one is worked out; where no figure reaches there is nothing to read ahead.
                var next = at + count;
                ahead = next < slots.Length && slots[next].End <= lastReach
                    ? Task.Run(() => ReadAsync(next, Math.Min(length, slots.Length - next)), cancellationToken)
                    : null;
                var outcomes = new ShownOutcome[count];
                Calculator.Evaluate(framework, organisation.Code, slots.AsSpan(at, count), statements.ColumnOf, outcomes, before);
                yield return new Walked(outcomes, statements);
                before = outcomes[^1].Shown;
                at = next;
            }
        }
        finally
        {
            if (ahead is not null)
            {
                // Whoever has seen enough wants no answer of it; it must only not go on alone.
                await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Task<StatementSet> ReadAsync(int from, int count) =>
            windows.ReadAsync(framework, series, slots[from].End, slots[from + count - 1].End, asOf, cancellationToken);
    }
}

/// <summary>A stretch of slots, and the figures that they rest on.</summary>
internal sealed record Walked(ShownOutcome[] Outcomes, StatementSet Statements);
