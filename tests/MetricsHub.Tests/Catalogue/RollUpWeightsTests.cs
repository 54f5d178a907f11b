using MetricsHub.Catalogue;
using MetricsHub.Domain;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.AeMonthly;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

public sealed class RollUpWeightsTests : IDisposable
{
    private const string File = "roll-up-weights.csv";
    private const string Attendances = "type 1 A&E attendances";

    private static readonly DateOnly[] Dates = [new(2023, 1, 1), new(2023, 8, 1), new(2024, 12, 31), new(2025, 6, 1), new(2026, 4, 1)];

    private readonly CatalogueFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The year's files are bundled: whoever doubts a weight can add it up again.</summary>
    [Fact]
    public void Weights_OfTrustsByAttendances_AreTheYearsSums()
    {
        var sums = AttendancesOfTheYear();
        var weighed = Weights(OrganisationKind.Provider).Where(weight => weight.Basis == Attendances).ToList();

        // The year's two trusts that became one in January 2025 count together from then on.
        Assert.All(weighed, weight => Assert.Equal(
            sums[weight.Child.ToString()] + (weight.Source.EndsWith("with that of RAP, which merged into it", StringComparison.Ordinal) ? sums["RAP"] : 0), weight.Weight));
        var bristol = new HashSet<string> { "RA7", "RVJ" };
        Assert.Equal(
            sums.Where(sum => sum.Value > 0 && !bristol.Contains(sum.Key)).Select(sum => sum.Key).Order(),
            weighed.Select(weight => weight.Child.ToString()).Distinct().Order());
    }

    /// <summary>The publisher's own total of the year's twelve files is 16,396,174.</summary>
    [Fact]
    public void Weights_OfRegionsInEngland_AddUpToThePublishersTotal() =>
        Assert.Equal(16_396_174, On(new(2025, 6, 1)).Where(weight => weight.Parent.ToString() == "ENG").Sum(weight => weight.Weight));

    [Fact]
    public void Weights_OnAnyDay_AreTheSumsOfThoseBelow()
    {
        Assert.All(Dates, date =>
        {
            var weights = On(date).ToList();
            foreach (var weight in weights.Where(weight => KindOf(weight.Child) == OrganisationKind.Region
                || (KindOf(weight.Child) == OrganisationKind.System && weight.Child.ToString() != "QUY")))
            {
                Assert.Equal(weights.Where(below => below.Parent == weight.Child).Sum(below => below.Weight), weight.Weight);
            }
        });
    }

    [Fact]
    public void Weights_OnAnyDay_LeaveNoSystemAndNoRegionOut() =>
        Assert.All(Dates, date => Assert.Equal(
            ApiHost.Catalogue.Organisations.All
                .Where(organisation => organisation.Kind is OrganisationKind.System or OrganisationKind.Region && organisation.Valid.Contains(date))
                .Select(organisation => organisation.Code).Order(),
            On(date).Select(weight => weight.Child).Where(child => KindOf(child) != OrganisationKind.Provider).Order()));

    [Fact]
    public void Weights_OfBristol_AreThoseQuotedForItsSites()
    {
        var bristol = On(new(2025, 6, 1)).Where(weight => weight.Parent.ToString() == "QUY").ToList();

        Assert.Equal(
            [("RA7", 0.516m + 0.178m, Provenance.Derived), ("RVJ", 0.306m, Provenance.Quoted)],
            bristol.Select(weight => (weight.Child.ToString(), weight.Weight, weight.Provenance)));
    }

    [Fact]
    public void Load_WeightsThatCannotBe_AreReportedWithFileRowAndField()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(folder.Path, File));
        var row = lines.Length + 1;
        var first = Array.FindIndex(lines, line => line.StartsWith("QUY,", StringComparison.Ordinal)) + 1;
        folder.Append(File, "QUY,RTP,0.2,2024-01-01,,attendances,heard,");
        folder.Append(File, "QUY,RVJ,0,2024-01-01,2023-01-01,beds,quoted,Test");
        folder.Append(File, "QUY,RVJ,5,2024-01-01,,beds,quoted,Test");

        Assert.Equal(
            [
                $"row {row}, provenance: 'heard' is unknown: expected one of quoted, derived, inferred, memory, local-placeholder",
                $"row {row}, source: is required",
                $"row {row + 1}, weight: '0' is not a number above 0",
                $"row {row + 1}, valid_to: 2023-01-01 (exclusive) is not after valid_from",
                $"row {row}, child: 'RTP' does not stand below 'QUY' on every day of 2024-01-01/",
                $"row {row}, basis: 'attendances' is weighed together with 'unknown; they resemble shares of A&E attendances' of row {first}",
                $"row {row + 2}, valid_from: 'RVJ' weighs twice at once for 'QUY': see row {first + 1}",
                $"row {row + 2}, basis: 'beds' is weighed together with 'unknown; they resemble shares of A&E attendances' of row {first}",
            ],
            Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys)).Errors.Select(error => $"{error.Path}: {error.Message}"));
    }

    [Fact]
    public void Load_RollUpThatBeginsWithWhomTheFrameworkDoesNotJudge_IsRefused()
    {
        folder.Replace("frameworks/access-published-monthly.yaml", "  from: system", "  from: provider");

        var error = Assert.Single(Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys)).Errors);

        Assert.Equal(("rollUp.from", "'provider' is not among appliesTo: there is no reading of it to begin with"), (error.Path, error.Message));
    }

    private static OrganisationKind KindOf(OrganisationCode code) => ApiHost.Catalogue.Organisations.Find(code)!.Kind;

    private static IEnumerable<RollUpWeight> On(DateOnly date) => ApiHost.Catalogue.RollUpWeights.Where(weight => weight.Valid.Contains(date));

    private static IEnumerable<RollUpWeight> Weights(OrganisationKind child) => ApiHost.Catalogue.RollUpWeights.Where(weight => KindOf(weight.Child) == child);

    private static Dictionary<string, decimal> AttendancesOfTheYear() =>
        Directory.GetFiles(Path.Combine(TestHub.Samples, "nhs-england-ae-monthly"), "Monthly-AE-*-202*.csv")
            .Where(file => !file.Contains("December-2025", StringComparison.Ordinal))
            .SelectMany(file => new AeMonthlyParser().Parse(new PublicationContent(System.IO.File.ReadAllBytes(file), Path.GetFileName(file), null)).Statements)
            .Where(statement => statement.Series.Metric.ToString() == "ed-type-1-attendances")
            .GroupBy(statement => statement.Series.Organisation.ToString())
            .ToDictionary(trust => trust.Key, trust => trust.Sum(statement => statement.Figure.TryGetNumber(out var number) ? (decimal)number : 0));
}
