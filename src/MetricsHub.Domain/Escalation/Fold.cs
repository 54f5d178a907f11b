namespace MetricsHub.Domain.Escalation;

/// <summary>How the level shown at a slot came about: the state of the slot before, and the slots since the level has been shown.</summary>
/// <param name="Before">What was shown at the slot before; the default where there was none.</param>
/// <param name="Slots">
/// Oldest first, this slot last: from the one at which the level came to be shown, or from the first of the calm ones where it fell here.
/// Where they are many, that first one and the newest.
/// </param>
/// <param name="Omitted">How many slots between the first of them and the second are left out.</param>
public sealed record Fold(ShownLevel Before, IReadOnlyList<ShownOutcome> Slots, int Omitted)
{
    /// <summary>How many slots are told at most: a day of quarters of an hour.</summary>
    public const int MostSlots = 96;

    public ShownLevel Shown => Slots[^1].Shown;

    /// <param name="outcomes">Every slot up to and with the one told of, oldest first; at least one.</param>
    public static Fold Of(IReadOnlyList<ShownOutcome> outcomes)
    {
        var last = outcomes.Count - 1;
        var (shown, before) = (outcomes[last].Shown, last > 0 ? outcomes[last - 1].Shown : default);
        var first = last;
        if (shown.Level > 0 && shown.Since == outcomes[last].At)
        {
            first = last - (shown.Level < before.Level ? before.CalmSlots : 0);
        }
        else if (shown.Level > 0)
        {
            while (first > 0 && outcomes[first].At > shown.Since)
            {
                first--;
            }
        }

        var omitted = Math.Max(last - first + 1 - MostSlots, 0);
        return new Fold(before, [outcomes[first], .. Enumerable.Range(first + 1 + omitted, last - first - omitted).Select(at => outcomes[at])], omitted);
    }
}
