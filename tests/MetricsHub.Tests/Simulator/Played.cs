using MetricsHub.Simulator.Playing;

namespace MetricsHub.Tests.Simulator;

/// <summary>The figures of Wyvern Vale, without a server.</summary>
internal static class Played
{
    public static readonly Player Player = new(new Estate(), new Rhythm(), 1);

    /// <summary>Days of all seasons and weekdays, the two on which clocks change among them.</summary>
    public static readonly IReadOnlyList<DateOnly> Days =
    [
        .. Enumerable.Range(0, 24).Select(step => new DateOnly(2025, 1, 3).AddDays(23 * step)),
        new(2026, 3, 29),
        new(2026, 10, 25),
    ];

    private static readonly Lazy<List<(Site, LondonDay, IReadOnlyDictionary<string, double[]>)>> OnAllDays = new(() =>
    [
        .. from date in Days
           let day = new LondonDay(date)
           from site in Player.Estate.Sites
           select (site, day, Player.Play(site, day)),
    ]);

    public static IReadOnlyList<(Site Site, LondonDay Day, IReadOnlyDictionary<string, double[]> Figures)> All => OnAllDays.Value;

    /// <summary>The mean of a metric over all sites of a kind and the open slots of some days.</summary>
    public static double Mean(string kind, string metric, IEnumerable<DateOnly> dates) =>
        dates.Select(date => new LondonDay(date)).SelectMany(day => Player.Estate.Of(kind).SelectMany(site => Player.Play(site, day)[metric])).Average();
}
