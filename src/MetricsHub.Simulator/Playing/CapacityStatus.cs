namespace MetricsHub.Simulator.Playing;

/// <summary>
/// The capacity status that an urgent treatment centre sets in the directory of services: red or amber for four hours, after which it
/// is green again by itself.
/// </summary>
/// <param name="Code">1 green, 2 amber, 3 red.</param>
/// <param name="Set">When somebody last set red or amber on that day; null where nobody has.</param>
/// <param name="Resets">When that goes, or went, back to green.</param>
internal sealed record CapacityStatus(int Code, DateTimeOffset? Set, DateTimeOffset? Resets)
{
    private static readonly TimeSpan Holds = TimeSpan.FromHours(4);

    public string Word => Code switch { 3 => "RED", 2 => "AMBER", _ => "GREEN" };

    /// <summary>The status at the end of a quarter hour.</summary>
    public static CapacityStatus Of(SiteDay site, int slot)
    {
        var end = site.Day.Ends[slot];
        var opens = site.Day.Ends.Where((_, index) => site.Day.Hours[index] > site.Site.Hours.Opens).First() - LondonDay.Slot;
        CapacityStatus status = new(1, null, null);
        for (var set = opens; set <= end; set += Holds)
        {
            var code = Chosen(site, set);
            if (code > 1)
            {
                status = new(set + Holds > end ? code : 1, set, set + Holds);
            }
        }

        return status;
    }

    private static int Chosen(SiteDay site, DateTimeOffset set)
    {
        var slot = (int)((set - site.Day.Ends[0]) / LondonDay.Slot);
        return site.Pressure[Math.Clamp(slot, 0, site.Day.Ends.Count - 1)] switch { > 0.9 => 3, > 0.3 => 2, _ => 1 };
    }
}
