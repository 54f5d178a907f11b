using CsCheck;
using MetricsHub.Simulator.Feeds;
using Xunit;

namespace MetricsHub.Tests.Simulator;

public sealed class FeedRowsTests
{
    /// <summary>Over the night on which the clocks go back.</summary>
    [Fact]
    public void Rows_AskedInAnyParts_AreThoseAskedAtOnce()
    {
        var rows = new FeedRows(Played.Player);
        var minutes = Gen.Int[0, 4 * 24 * 60];
        Gen.Select(Gen.Int[0, FeedList.All.Count - 1].Select(index => FeedList.All[index]), minutes, minutes, minutes).Sample(
            (feed, one, two, three) =>
            {
                var start = new DateTimeOffset(2026, 10, 23, 5, 7, 0, TimeSpan.Zero);
                var instants = new[] { one, two, three }.Order().Select(minute => start.AddMinutes(minute)).ToList();
                var whole = rows.Between(feed, instants[0], instants[2]).Select(Text).ToList();
                var later = rows.Between(feed, instants[1], instants[2]).Select(Text).ToList();
                return whole.SequenceEqual([.. rows.Between(feed, instants[0], instants[1]).Select(Text), .. later]);
            },
            iter: 40);

        static string Text(FeedRow row) => $"{row.Organisation} {row.At:O} {string.Join(' ', row.Cells)}";
    }
}
