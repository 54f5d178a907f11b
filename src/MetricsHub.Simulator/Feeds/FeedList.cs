namespace MetricsHub.Simulator.Feeds;

/// <summary>Every feed: many small ones, as providers are, so that one can fail while the others go on.</summary>
internal static class FeedList
{
    public static readonly IReadOnlyList<Feed> All = [.. PrimaryCareFeeds.All, .. UrgentCareFeeds.All, .. BedFeeds.All, .. PlannedCareFeeds.All];

    private static readonly Dictionary<string, Feed> ByFile = All.ToDictionary(feed => feed.FileName);

    public static Feed? OfFile(string name) => ByFile.GetValueOrDefault(name);
}
