using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Feeds;

/// <summary>The rows of a feed between two instants, oldest first.</summary>
internal sealed class FeedRows(Player player)
{
    /// <summary>Of how many figures one is missing although it is due.</summary>
    private const double GapChance = 0.0025;

    private readonly Noise gaps = new Noise(player.Seed).For("gaps");

    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive.</param>
    public IEnumerable<FeedRow> Between(Feed feed, DateTimeOffset after, DateTimeOffset to)
    {
        if (to <= after)
        {
            yield break;
        }

        var organisations = player.Estate.Sites.Where(feed.Tells).GroupBy(site => site.Organisation).ToList();
        for (var date = LondonDay.DateOf(after.AddTicks(1)); date <= LondonDay.DateOf(to); date = date.AddDays(1))
        {
            var day = new LondonDay(date);
            var played = organisations.Select(sites => new OrganisationDay(feed, [.. sites], day, player, gaps)).ToList();
            foreach (var (slot, end) in day.Ends.Index().Where(slot => slot.Item > after && slot.Item <= to))
            {
                foreach (var organisation in played)
                {
                    yield return organisation.Row(slot, end);
                }
            }
        }
    }

    private sealed class OrganisationDay(Feed feed, IReadOnlyList<Site> sites, LondonDay day, Player player, Noise gaps)
    {
        private readonly List<(OpeningHours Hours, double[] Figures)?> columns = Columns(feed, sites, day, player);
        private readonly Noise gaps = gaps.For(feed.Name).For(sites[0].Organisation);

        public FeedRow Row(int slot, DateTimeOffset end) =>
            new(sites[0].Organisation, sites[0].Name, end, [.. columns.Select((column, index) => CellOf(column, index, slot, end))]);

        private Cell CellOf((OpeningHours Hours, double[] Figures)? column, int index, int slot, DateTimeOffset end) => column switch
        {
            null => new Cell(null, Lack.NotApplicable),
            { } known when !known.Hours.IsOpen(day, slot) => new Cell(null, Lack.Closed),
            _ when gaps.Uniform(LondonDay.NumberOf(end), index) < GapChance => new Cell(null),
            { } known => new Cell(known.Figures[slot]),
        };

        private static List<(OpeningHours Hours, double[] Figures)?> Columns(Feed feed, IReadOnlyList<Site> sites, LondonDay day, Player player)
        {
            var played = sites.SelectMany(site => player.Play(site, day).Select(figures => (site.Hours, Metric: figures.Key, figures.Value)))
                .ToDictionary(figures => figures.Metric, figures => (figures.Hours, figures.Value));
            return [.. feed.Columns.Select(column => played.TryGetValue(column.Metric, out var figures) ? figures : ((OpeningHours, double[])?)null)];
        }
    }
}
