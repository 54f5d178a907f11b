using System.Globalization;
using System.Text.Json;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>Holds the page that takes a level from the published file to the screen by hand against what the hub explains.</summary>
public sealed class ByHandTests(ByHandTests.ExplainedLevel level) : IClassFixture<ByHandTests.ExplainedLevel>
{
    /// <summary>The columns of the page's table of rows, in metrics.</summary>
    private static readonly string[][] Columns =
    [
        ["ed-type-1-attendances"], ["ed-type-2-attendances"], ["utc-type-3-attendances"], ["utc-type-3-attendances-booked"], ["ed-type-1-over-4h"],
        ["ed-type-2-over-4h"], ["utc-type-3-over-4h"], ["utc-type-3-over-4h-booked"], ["dta-wait-over-12h"],
        ["emergency-admissions-via-type-1", "emergency-admissions-via-type-2", "emergency-admissions-via-type-3"],
    ];

    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "a-level-by-hand.md"));

    [Fact]
    public void Page_EveryLineOfItsBoxes_IsInTheAnswer()
    {
        var said = Texts(level.Explanation).ToHashSet();
        var lines = Page.Index().Where(line => line.Item == "```text").SelectMany(line => Page.Skip(line.Index + 1).TakeWhile(text => text != "```")).ToList();

        Assert.Equal(11, lines.Count);
        Assert.True(lines.TrueForAll(said.Contains), $"""
            Not said by the hub: {string.Join(" | ", lines.Where(line => !said.Contains(line)))}
            It shows it because "{Text(level.Explanation.GetProperty("shown"), "because")}"; publication {Observations().Select(each => Text(each.Observation, "publication")).Distinct().Single()};
            hashes {Text(level.Explanation, "rulesHash")} {Text(level.Explanation, "inputsHash")} {Text(level.Explanation, "hash")}
            """);
    }

    [Fact]
    public void Page_EveryFigureOfItsRows_IsAnObservationOfTheAnswer()
    {
        var rows = Table("Row");
        Assert.Equal(["NLX", "RVJ", "RA7"], rows.Select(row => row[1]));

        // Only what goes into an indicator is explained: of a department that does not exist nothing does.
        var checkedFigures = 0;
        foreach (var (organisation, observation) in Observations())
        {
            var row = rows.Single(cells => cells[1] == organisation);
            Assert.Equal(row[0], observation.GetProperty("row").GetRawText());
            foreach (var (column, metrics) in Columns.Index().Where(column => column.Item.Contains(Text(observation, "metric"))))
            {
                var figure = row[column + 2].Split(", ")[Array.IndexOf(metrics, Text(observation, "metric"))];
                Assert.Equal(Number(figure), observation.GetProperty("value").GetDouble());
                checkedFigures++;
            }
        }

        Assert.True(checkedFigures >= 30, $"Only {checkedFigures} figures were held against the page.");
    }

    [Fact]
    public void Page_EveryIndicator_IsThatOfTheAnswer()
    {
        var rows = Table("Indicator");
        var inputs = level.Explanation.GetProperty("inputs").EnumerateArray().ToList();
        Assert.Equal(inputs.Select(input => $"`{Text(input, "indicator")}`"), rows.Select(row => row[0]));
        foreach (var (row, input) in rows.Zip(inputs))
        {
            Assert.Equal(row[6], input.GetProperty("maximumPoints").GetRawText());
            if (Text(input, "state") == "missing")
            {
                Assert.Equal($"missing: `{Text(input, "absence")}`", row[3]);
                continue;
            }

            Assert.Equal((Result(row[1]), Result(row[2])), (input.GetProperty("numerator").GetDouble(), input.GetProperty("denominator").GetDouble()));
            Assert.Equal(row[3], (100 * input.GetProperty("value").GetDouble()).ToString("0.00' %'", CultureInfo.InvariantCulture));
            Assert.Equal((row[4], row[5]), ($"`{Text(input.GetProperty("band"), "range")}`", input.GetProperty("points").GetDecimal().ToString("0.##", CultureInfo.InvariantCulture)));
            Assert.Equal(100, input.GetProperty("coveragePercent").GetDouble());
        }
    }

    [Fact]
    public void Page_Bounds_AreThoseOfTheAnswer()
    {
        var bounds = level.Explanation.GetProperty("bounds");
        foreach (var row in Table("Bound"))
        {
            var bound = bounds.GetProperty(row[0]);
            Assert.Equal((Number(row[1]), Number(row[2]), Number(row[4])), (Of("points"), Of("ofPoints"), Of("level")));
            Assert.Equal(row[3], Of("score").ToString("0.00", CultureInfo.InvariantCulture));

            double Of(string name) => bound.GetProperty(name).GetDouble();
        }
    }

    private IEnumerable<(string Organisation, JsonElement Observation)> Observations() =>
        from input in level.Explanation.GetProperty("inputs").EnumerateArray()
        from organisation in input.GetProperty("organisations").EnumerateArray()
        from observation in organisation.GetProperty("observations").EnumerateArray()
        where Text(observation, "role") == "contributes"
        select (Text(organisation, "organisation"), observation);

    /// <summary>The rows of the page's table whose first column has a heading.</summary>
    private static List<string[]> Table(string heading) =>
    [
        .. Page.SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()),
    ];

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    /// <summary>What a cell comes to, worked out from what it says: <c>27,392 − 9,269 = 18,123</c>.</summary>
    private static double Result(string cell)
    {
        var sides = cell.Split(" = ");
        var words = sides[0].Split(' ');
        var sum = Number(words[0]) + words.Skip(1).Chunk(2).Sum(pair => (pair[0] == "−" ? -1 : 1) * Number(pair[1]));
        Assert.Equal(sum, Number(sides[1]));
        return sum;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    public sealed class ExplainedLevel : IAsyncLifetime
    {
        public JsonElement Explanation { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await using var hub = TestHub.WithSamples();
            await hub.Collector.CollectAsync(TestHub.AeMonthly, CancellationToken.None);
            await hub.Collector.CollectAsync(TestHub.VirtualWard, CancellationToken.None);
            await using var host = await ApiHost.StartAsync(hub.Catalogue, hub.Store);
            host.Ledger.Publications.AddRange(await hub.Ledger.ListPublicationsAsync(null, null, 1000, CancellationToken.None));
            host.Clock.SetUtcNow(hub.Clock.GetUtcNow());
            var answer = await host.GetJsonAsync("/api/v1/organisations/QUY/escalation/explain?at=2025-12-31&framework=access-published-monthly");
            Explanation = Assert.Single(answer.GetProperty("explanations").EnumerateArray()).Clone();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
