namespace MetricsHub.Simulator.Playing;

/// <summary>
/// Figures of the fictional system: a function of the seed, the service and the day. Nothing is remembered from one question to the
/// next, so the history is always the same, whenever it is asked for.
/// </summary>
internal sealed class Player(Estate estate, Rhythm rhythm, ulong seed)
{
    private readonly Noise noise = new(seed);
    private readonly Pressure pressure = new(new Noise(seed).For("pressure"));

    public Estate Estate => estate;

    public ulong Seed => seed;

    /// <summary>The figures of one service on a day: by metric, for each quarter hour.</summary>
    public IReadOnlyDictionary<string, double[]> Play(Site site, LondonDay day) => Plays.Of(site.Kind)(At(site, day), this);

    public SiteDay At(Site site, LondonDay day) =>
        new(site, day, rhythm, noise, [.. day.Ends.Select(end => pressure.At(site.Organisation, end))]);
}
