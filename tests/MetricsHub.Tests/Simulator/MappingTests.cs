using System.Globalization;
using System.Text;
using System.Text.Json;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Sources;
using Xunit;
using YamlDotNet.Serialization;
using Yaml = System.Collections.Generic.Dictionary<object, object?>;

namespace MetricsHub.Tests.Simulator;

/// <summary>
/// What the catalogue says of each simulated feed, held against what the feed sends: the two are written apart, as those of a provider
/// and of an analyst are.
/// </summary>
public sealed class MappingTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "catalogue", "simulated");

    public static TheoryData<string> Sources => [.. Directory.GetFiles(Path.Combine(Folder, "sources")).Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Fact]
    public void Sources_OfTheCatalogue_AreTheFeedsOfTheSimulator() =>
        Assert.Equal(FeedList.All.Select(feed => $"sim-{feed.Name}").Order(), Sources.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mapping_OfAFeed_NamesFieldsThatItHasAndFindsAFigureOrAReasonInEachOfThem(string key)
    {
        var (source, table) = Read(key);
        var feed = FeedList.All.Single(feed => $"sim-{feed.Name}" == key);
        Assert.Equal(key, source["key"]);
        Assert.Equal($"{{simulator}}/feeds/{feed.FileName}", ((Yaml)((List<object?>)source["locations"]!)[0]!)["feed"]);
        await using var simulator = await SimulatorHost.StartAsync();

        // A week, so that nights, a weekend and some gaps are in it.
        var rows = Rows(table, await simulator.BytesAsync($"/feeds/{feed.FileName}?since=2026-01-08T12:00:00Z"));
        Assert.NotEmpty(rows);

        var codes = (Yaml)table["organisation"]!;
        var organisations = new HashSet<string>();
        var time = (Yaml)table["time"]!;
        var missing = (Yaml)table["missing"]!;
        var figures = ((List<object?>)table["figures"]!).Cast<Yaml>().ToList();
        var numbers = 0;
        foreach (var row in rows)
        {
            organisations.Add(Organisation(codes, row));
            AssertTime(time, row((string)time["field"]!));
            foreach (var text in figures.Select(figure => row((string)figure["field"]!)))
            {
                numbers += double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _) ? 1 : 0;
                Assert.True(
                    missing.ContainsKey(text) || double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _),
                    $"{key}: '{text}' is neither a number nor a reason for none");
            }
        }

        Assert.True(numbers > rows.Count / 10);
        Assert.All(missing.Values, code => Assert.Contains(code, new[] { "late", "not-due", "not-applicable" }));
        Assert.Equal(
            feed.Columns.Select(column => (column.Metric, column.Field, Unit(column.Style))),
            figures.Select(figure => ((string)figure["metric"]!, (string)figure["field"]!, figure.GetValueOrDefault("unit") as string)));
        Assert.Equal(Played.Player.Estate.Sites.Where(feed.Tells).Select(site => site.Organisation).Distinct().Order(), organisations.Order());
    }

    [Fact]
    public void Organisations_OfTheSimulatedSystem_HaveParentsThatEndAtItAndCodesThatAreNobodys()
    {
        var codes = Column("organisations.csv", 0);
        var parents = Column("organisation-parents.csv", 0).Zip(Column("organisation-parents.csv", 1)).ToDictionary(row => row.First, row => row.Second);
        var real = File.ReadLines(Path.Combine(Repository.Root, "catalogue", "organisations.csv")).Select(line => line.Split(',')[0]);

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^SIM[0-9A-Z]{0,3}$", code));
        Assert.DoesNotContain(real, code => code.StartsWith("SIM", StringComparison.Ordinal));
        Assert.Equal(codes.Where(code => code != "SIM").Order(), parents.Keys.Order());
        Assert.All(parents.Keys, code => Assert.Equal("SIM", Root(code)));
        Assert.All(File.ReadLines(Path.Combine(Folder, "organisations.csv")).Skip(1), line => Assert.Contains("(simulated)", line, StringComparison.Ordinal));
        Assert.Superset(Played.Player.Estate.Sites.Select(site => site.Organisation).ToHashSet(), codes.ToHashSet());
        Assert.Superset(Column("opening-hours.csv", 0).ToHashSet(), codes.ToHashSet());

        string Root(string code) => parents.TryGetValue(code, out var parent) ? Root(parent) : code;
    }

    private static (Yaml Source, Yaml Table) Read(string key)
    {
        var source = new DeserializerBuilder().Build().Deserialize<Yaml>(File.ReadAllText(Path.Combine(Folder, "sources", $"{key}.yaml")));
        return (source, (Yaml)source["table"]!);
    }

    /// <summary>Each row as what it gives for a field; a field that it has not is a failure.</summary>
    private static List<Func<string, string>> Rows(Yaml table, byte[] bytes)
    {
        if ((string)table["format"]! == "json")
        {
            var array = ((string)table["rows"]!).Split('/').Skip(1).Aggregate(JsonElement.Parse(Encoding.UTF8.GetString(bytes)), (json, name) => json.GetProperty(name));
            return [.. array.EnumerateArray().Select(row => (Func<string, string>)(pointer =>
                pointer.Split('/').Skip(1).Aggregate(row, (json, name) => json.GetProperty(name)).ToString()))];
        }

        var lines = (string)table["format"]! == "xlsx"
            ? Workbook.Read(bytes, "a workbook").Single(sheet => sheet.Name == (string)table["sheet"]!).Rows.Skip(2).Select(row => row.Cells).ToList()
            : [.. Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Fields(line.TrimEnd('\r')))];
        var header = lines[0].Index().ToDictionary(field => field.Item, field => field.Index);
        return [.. lines.Skip(1).Select(cells => (Func<string, string>)(field => cells[header[field]]))];
    }

    /// <summary>The only commas inside of fields are those of thousands, in quotes.</summary>
    private static IReadOnlyList<string> Fields(string line) =>
        [.. System.Text.RegularExpressions.Regex.Matches(line, "(?<=^|,)(?:\"([^\"]*)\"|([^,]*))").Select(match => match.Groups[1].Value + match.Groups[2].Value)];

    private static string Organisation(Yaml mapping, Func<string, string> row)
    {
        if (mapping.TryGetValue("code", out var code))
        {
            return (string)code!;
        }

        var text = row((string)mapping["field"]!);
        return mapping.TryGetValue("codes", out var codes) ? (string)((Yaml)codes!)[text]! : text;
    }

    private static void AssertTime(Yaml time, string text)
    {
        if ((string)time["format"]! == "iso")
        {
            Assert.True(DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), text);
        }
        else
        {
            Assert.Equal("Europe/London", time["zone"]);
            Assert.True(DateTime.TryParseExact(text, (string)time["format"]!, CultureInfo.InvariantCulture, DateTimeStyles.None, out _), text);
        }
    }

    private static string? Unit(NumberStyle style) => style switch
    {
        NumberStyle.Hours => "hours",
        NumberStyle.Seconds => "seconds",
        _ => null,
    };

    private static List<string> Column(string file, int column) =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(line => line.Split(',')[column])];
}
