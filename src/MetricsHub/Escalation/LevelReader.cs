using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// The levels of an organisation's slots: the stored ones as far as they hold, and from there on, or with an instant of knowing, worked out
/// from the figures. Whichever way, they are the same.
/// </summary>
internal sealed class LevelReader(HubCatalogue catalogue, IObservationStore store, ILedger ledger, LevelWalk walk)
{
    /// <summary>What an organisation's levels are made of.</summary>
    public async Task<FrameworkSeries> SeriesOfAsync(Framework framework, IReadOnlyCollection<Organisation> organisations, CancellationToken cancellationToken) =>
        FrameworkSeries.Of(
            catalogue.Organisations, organisations,
            await store.ListSeriesAsync(new SeriesSelection(catalogue.MetricsOf(framework), null), cancellationToken));

    /// <summary>Every slot that ends after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    /// <param name="holdsTo">Up to where stored readings hold; null where none does, as with an instant of knowing.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async Task<IReadOnlyList<ShownOutcome>> ReadAsync(
        Framework framework,
        Organisation organisation,
        FrameworkSeries series,
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset? holdsTo,
        DateTimeOffset? asOf,
        CancellationToken cancellationToken)
    {
        var found = new List<ShownOutcome>();
        var (at, before) = (Earlier(from, series.FirstStart), default(ShownLevel));
        if (holdsTo is { } holds)
        {
            (at, before) = (Earlier(from, holds), await StateAtAsync(framework, organisation, Earlier(from, holds), cancellationToken));
            found.AddRange(await StoredAsync(framework, organisation, from, Earlier(to, holds), cancellationToken));
            (at, before) = found.Count > 0 ? (found[^1].At, found[^1].Shown) : (at, before);
        }

        await foreach (var stretch in walk.OverAsync(framework, organisation, series, at, to, before, from, asOf, cancellationToken))
        {
            found.AddRange(stretch.Outcomes.Where(outcome => outcome.At > from));
        }

        return found;
    }

    /// <summary>The newest slot, at or before an instant, that has a level; null where none ever had one.</summary>
    public async Task<ShownOutcome?> NewestCalculatedAsync(
        Framework framework, Organisation organisation, FrameworkSeries series, DateTimeOffset until, DateTimeOffset? holdsTo, DateTimeOffset? asOf,
        CancellationToken cancellationToken)
    {
        var from = holdsTo is { } holds ? Earlier(until, holds) : Earlier(until, series.FirstStart);
        var after = await ReadAsync(framework, organisation, series, from, Earlier(until, series.LastReach(framework)), holdsTo, asOf, cancellationToken);
        if (after.LastOrDefault(found => found.Outcome.IsCalculated) is { Outcome.IsCalculated: true } computed)
        {
            return computed;
        }

        var stored = holdsTo is null
            ? new Dictionary<OrganisationCode, DateTimeOffset>()
            : await ledger.ListNewestCalculatedAsync(FrameworkVersion.Of(framework), from, cancellationToken);
        return stored.TryGetValue(organisation.Code, out var at) ? (await RowsAsync(framework, organisation, at, at, cancellationToken))[0] : null;
    }

    /// <summary>
    /// What was shown at the newest slot that has ended at an instant. A slot that has no reading has nothing to show: nothing was
    /// ever known of it.
    /// </summary>
    public async Task<ShownLevel> StateAtAsync(Framework framework, Organisation organisation, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var slot = Grid.SlotAt(framework.Grid, at);
        return JudgedSlots.Between(framework, organisation, catalogue.Organisations, slot.Start, slot.End).Any()
            && await RowsAsync(framework, organisation, slot.End, slot.End, cancellationToken) is [var found]
            ? found.Shown
            : default;
    }

    /// <summary>Whether nothing is known at a slot and nothing ever was: its reading is not stored.</summary>
    public static bool IsBlank(ShownOutcome found) => found.Outcome.Available == 0 && found.Shown == default;

    /// <summary>The stored readings of all slots; none where one of them is blank, and has to be worked out.</summary>
    private async Task<IReadOnlyList<ShownOutcome>> StoredAsync(
        Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var slots = JudgedSlots.Between(framework, organisation, catalogue.Organisations, from, to).Select(slot => slot.End).ToList();
        if (slots.Count == 0)
        {
            return [];
        }

        var rows = await RowsAsync(framework, organisation, slots[0], slots[^1], cancellationToken);
        return rows.Count == slots.Count ? rows : [];
    }

    private Task<IReadOnlyList<ShownOutcome>> RowsAsync(
        Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ledger.ReadReadingsAsync(new ReadingQuery(FrameworkVersion.Of(framework), organisation.Code, from, to), cancellationToken);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
