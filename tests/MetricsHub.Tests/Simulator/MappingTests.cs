using MetricsHub.Catalogue;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Simulator.Playing;
using MetricsHub.Sources;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>
/// What the catalogue says of each simulated feed, held against what the feed sends: the two are written apart, as those of a provider
/// and of an analyst are.
/// </summary>
public sealed class MappingTests
{
    private static readonly Uri Address = new("http://127.0.0.1:5090");
    private static readonly HubCatalogue Catalogue = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys, Address);

    public static TheoryData<string> Sources =>
        [.. Catalogue.Sources.Values.Where(source => source.Simulated && source.Locations.Any(location => location is FeedDefinition)).Select(source => source.Key.ToString()).Order()];

    [Fact]
    public void Sources_OfTheCatalogue_AreTheFeedsOfTheSimulator() =>
        Assert.Equal(FeedList.All.Select(feed => $"sim-{feed.Name}").Order(), Sources.Select(row => row.Data));

    /// <summary>A week, so that nights, a weekend and some gaps are in it.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Source_ReadByTheHub_StatesExactlyWhatWasPlayed(string key)
    {
        var source = Catalogue.Sources.Values.Single(source => source.Key.ToString() == key);
        var feed = FeedList.All.Single(feed => $"sim-{feed.Name}" == key);
        var location = Assert.IsType<FeedDefinition>(Assert.Single(source.Locations));
        Assert.Equal((new Uri(Address, $"/feeds/{feed.FileName}"), "since"), (location.Address, location.Since));
        await using var simulator = await SimulatorHost.StartAsync();
        var bytes = await simulator.BytesAsync($"{location.Address.AbsolutePath}?{location.Since}=2026-01-08T12:00:00Z");

        var parsed = new Parsers().For(source).Parse(new PublicationContent(bytes, feed.FileName, null));

        Assert.Empty(parsed.Rejections);
        Assert.True(bytes.Length < source.MaximumBytes);
        var stated = parsed.Statements.ToDictionary(
            statement => (statement.Series.Metric.ToString(), statement.Series.Organisation.ToString(), statement.Period), statement => statement.Figure);
        var played = new FeedRows(Played.Player).Between(feed, SimulatorHost.Now.AddDays(-7), SimulatorHost.Now)
            .SelectMany(row => row.Cells.Zip(feed.Columns, (cell, column) => (Key: (column.Metric, row.Organisation, Quarter(row.At)), Cell: cell))).ToList();
        Assert.Equal(played.Count, stated.Count);
        Assert.All(played, cell => AssertSame(cell.Cell, stated[cell.Key]));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Source_WithNothingNew_IsReadAsNothing(string key)
    {
        var source = Catalogue.Sources.Values.Single(source => source.Key.ToString() == key);
        var feed = FeedList.All.Single(feed => $"sim-{feed.Name}" == key);
        await using var simulator = await SimulatorHost.StartAsync();
        var bytes = await simulator.BytesAsync($"/feeds/{feed.FileName}?since=2026-01-15T12:00:00Z");

        Assert.Empty(new Parsers().For(source).Parse(new PublicationContent(bytes, feed.FileName, null)).Statements);
    }

    [Fact]
    public void Organisations_OfTheEstate_AreTheSimulatedOnesAndReportWhatTheirKindReports()
    {
        var kinds = Catalogue.Organisations.All.ToDictionary(organisation => organisation.Code.ToString(), organisation => organisation.Kind);
        var simulated = Catalogue.SimulatedOrganisations.Select(code => code.ToString()).ToHashSet();
        var ofSystem = Catalogue.Organisations.DescendantsOf(new OrganisationCode("SIM"), new DateOnly(2026, 1, 15))
            .Select(organisation => organisation.Code.ToString()).ToHashSet();

        Assert.All(simulated, code => Assert.Matches("^SIM[0-9A-Z]{0,3}$", code));
        Assert.DoesNotContain(kinds.Keys.Except(simulated), code => code.StartsWith("SIM", StringComparison.Ordinal));
        Assert.All(FeedList.All, feed => Assert.All(Played.Player.Estate.Sites.Where(feed.Tells), site =>
        {
            Assert.Contains(site.Organisation, simulated);
            Assert.Contains(site.Organisation, ofSystem);
            Assert.All(
                Played.Player.Play(site, new LondonDay(new DateOnly(2026, 1, 15))).Keys,
                metric => Assert.Contains(kinds[site.Organisation], Catalogue.Metrics[new(metric)].ReportedBy));
        }));
    }

    [Fact]
    public void Metrics_OfTheFeeds_AreOfEveryServiceDomain() =>
        Assert.Equal(
            Catalogue.ServiceDomains.Select(domain => domain.Key).Order(),
            FeedList.All.SelectMany(feed => feed.Columns).Select(column => Catalogue.Metrics[new(column.Metric)].ServiceDomain).Distinct().Order());

    [Fact]
    public void OpeningHours_OfTheCatalogue_AreThoseThatArePlayed()
    {
        var rows = File.ReadLines(Path.Combine(CatalogueFolder.Real, "simulated", "opening-hours.csv")).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.All(rows, row =>
        {
            var site = Assert.Single(Played.Player.Estate.Sites, site => site.Organisation == row[0] && site.Kind == row[1]);
            Assert.Equal(OpeningHours.Of(row[2]), site.Hours);
            Assert.All(
                Played.Player.Play(site, new LondonDay(new DateOnly(2026, 1, 15))).Keys,
                metric => Assert.Equal(row[1], Catalogue.Metrics[new(metric)].ServiceDomain));
        });
        Assert.All(
            Played.Player.Estate.Sites.Where(site => !rows.Exists(row => row[0] == site.Organisation && row[1] == site.Kind)),
            site => Assert.Equal(OpeningHours.Of("always"), site.Hours));
    }

    /// <summary>Figures in hours have two decimals, so that up to a third of a minute is lost.</summary>
    private static void AssertSame(Cell cell, Figure figure)
    {
        if (cell.Number is { } number)
        {
            Assert.True(figure.TryGetNumber(out var stated), $"{figure} where {number} was played");
            Assert.Equal(number, stated, 0.31);
        }
        else
        {
            var reason = cell.Lack switch { Lack.Closed => AbsenceCode.NotDue, Lack.NotApplicable => AbsenceCode.NotApplicable, _ => AbsenceCode.Late };
            Assert.Equal(Figure.Absent(reason), figure);
        }
    }

    private static Period Quarter(DateTimeOffset end) => new(end.AddMinutes(-15), end);
}
