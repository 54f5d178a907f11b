using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

/// <summary>Figures that others worked out, in <c>cases</c>.</summary>
public sealed class OracleTests
{
    private static readonly OrganisationCode System = new("QUY");
    private static readonly string[] Sites = ["BRI", "NBT", "WGH"];

    public static TheoryData<decimal, int> Bands =>
        new(Rows("opel_band_cases.csv").Select(cells => (Number(cells[1]), (int)Number(cells[2]))));

    public static TheoryData<string> WeightCases => new(Rows("opel_icb_weight_cases.csv").Select(cells => string.Join(',', cells)));

    [Theory]
    [MemberData(nameof(Bands))]
    public void LevelOf_SumOfPoints_IsTheLevelOfTheCase(decimal score, int level) =>
        Assert.Equal(level, new LevelScale(Frameworks.Sums).LevelOf(score));

    [Theory]
    [MemberData(nameof(WeightCases))]
    public void RollUp_ThreeSites_IsTheWeightedScoreAndLevelOfTheCase(string row)
    {
        var cells = row.Split(',').Select(Number).ToArray();
        var scorer = Frameworks.Sums.Score();
        var weights = Sites.Select((site, i) => new RollUpWeight(
            System, new OrganisationCode(site), cells[3 + i], DateSpan.Always, "unknown", Provenance.Quoted, "BNSSG")).ToList();
        var scores = Sites.Zip(cells).ToDictionary(pair => new OrganisationCode(pair.First), pair => pair.Second);

        var step = new RollUp(scorer.Scale, weights, 75).Of(System, new DateOnly(2024, 1, 1), site => OutcomeOf(scorer, scores[site]));

        Assert.Equal(cells[6], step.Score);
        Assert.Equal((int)cells[7], step.Level);
        Assert.Equal((100.0, (int)cells[7], (int)cells[7]), (step.CoveragePercent, step.LowestLevel, step.HighestLevel));
    }

    [Fact]
    public void FlapScore_Histories_AreThoseOfTheCases()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(PathOf("flap_oracle.json")));
        var all = cases.RootElement.GetProperty("cases").EnumerateArray().ToList();

        Assert.NotEmpty(all);
        Assert.All(all, item => Assert.Equal(
            item.GetProperty("pct").GetDouble(),
            FlapScore.Of([.. item.GetProperty("history").EnumerateArray().Select(state => state.GetInt32())])));
    }

    private static SlotOutcome OutcomeOf(Scorer scorer, decimal score) => new(
        NoLevel.None, (byte)scorer.Scale.LevelOf(score), (byte)scorer.Scale.LevelOf(score), (byte)scorer.Scale.LevelOf(score), 9, 9, score, score, score, 44, 44);

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(PathOf(file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','));

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Escalation", "cases", file);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
