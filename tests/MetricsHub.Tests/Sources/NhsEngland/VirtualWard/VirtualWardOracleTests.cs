using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.VirtualWard;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.VirtualWard;

/// <summary>
/// Holds the first eight workbooks to a tidy file that somebody else made from them (cases/virtual_ward_statistics.csv: 42 boards,
/// July 2023 to February 2024). It caps occupancy at 1 where the publisher withholds it.
/// </summary>
public sealed class VirtualWardOracleTests
{
    private static readonly OracleRow[] Oracle = [.. ReadOracle()];

    private static readonly HubCatalogue Catalogue = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys);

    private static readonly Dictionary<string, Figure> Parsed = Directory.EnumerateFiles(Samples.PathOf("nhs-england-virtual-ward"), "VW*.xlsx")
        .SelectMany(path => new VirtualWardParser().Parse(new PublicationContent(File.ReadAllBytes(path), Path.GetFileName(path), null)).Statements)
        .ToDictionary(statement => $"{statement.Period.End.AddDays(-2):yyyy-MM} {statement.Series}", statement => statement.Figure);

    [Fact]
    public void Parse_EveryBoardAndMonth_EqualsTheOracle()
    {
        Assert.Equal(336, Oracle.Length);
        Assert.All(Oracle, row =>
        {
            Assert.Equal(Figure.Of(row.Capacity), Parsed[row.Key("virtual-ward-capacity")]);
            Assert.Equal(Figure.Of(row.Population), Parsed[row.Key("virtual-ward-registered-population")]);
        });

        var different = Oracle.Where(row => Parsed[row.Key("virtual-ward-patients")] != Figure.Of(row.Patients)).ToArray();

        // The workbook's footnote: "NHS Northamptonshire Integrated Care Board did not complete a successful submission". The oracle
        // keeps the zero that is printed for it; it is no number of patients.
        var failed = Assert.Single(different);
        Assert.Equal(("2024-01", "QPM", 0d), (failed.Month, failed.Code, failed.Patients));
        Assert.Equal(Figure.Absent(AbsenceCode.Suppressed), Parsed[failed.Key("virtual-ward-patients")]);
    }

    [Fact]
    public void Indicator_OccupancyThatTheOracleDoesNotCap_EqualsIt()
    {
        var uncapped = Oracle.Where(row => !row.Capped).ToArray();

        Assert.Equal(318, uncapped.Length);
        Assert.All(uncapped, row =>
        {
            var occupancy = Occupancy(row);
            if (row is { Code: "QPM", Month: "2024-01" })
            {
                Assert.Equal(Figure.Absent(AbsenceCode.Late), occupancy);
                return;
            }

            Assert.True(occupancy.TryGetNumber(out var number), $"{row.Month} {row.Code}");
            Assert.InRange(number, row.Occupancy - 0.0005000001, row.Occupancy + 0.0005000001);
        });
    }

    [Fact]
    public void Indicator_OccupancyThatTheOracleCaps_IsTheTrueRatioAboveOne()
    {
        var capped = Oracle.Where(row => row.Capped).ToArray();

        Assert.Equal(
            [
                "2023-07 QGH", "2023-07 QSL", "2023-07 QT1", "2023-08 QGH", "2023-08 QT1", "2023-09 QGH", "2023-09 QRL", "2023-09 QWU", "2023-10 QGH",
                "2023-10 QSL", "2023-10 QUY", "2023-11 QGH", "2023-11 QKS", "2023-12 QJG", "2023-12 QRL", "2024-02 QH8", "2024-02 QMF", "2024-02 QR1",
            ],
            capped.Select(row => $"{row.Month} {row.Code}").Order(StringComparer.Ordinal));
        Assert.All(capped, row =>
        {
            Assert.True(Occupancy(row).TryGetNumber(out var number));
            Assert.Equal(row.Patients / row.Capacity, number);
            Assert.True(number > 1);
            Assert.Equal(Figure.Absent(AbsenceCode.Suppressed), Parsed[row.Key("virtual-ward-occupancy-stated")]);
        });
    }

    /// <summary>The occupancy as the hub computes it from what it parsed.</summary>
    private static Figure Occupancy(OracleRow row)
    {
        var period = LondonCalendar.MonthOf(LondonCalendar.StartOf(DateOnly.ParseExact($"{row.Month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var statements = new[] { "virtual-ward-patients", "virtual-ward-capacity" }.Select(metric => new RecordedStatement(
            new SeriesKey(new MetricKey(metric), new OrganisationCode(row.Code)), period, Parsed[row.Key(metric)], 1, PublicationId.Of("oracle"u8), period.End));
        return new IndicatorCalculator(Catalogue.Organisations, Catalogue.Metrics)
            .Read(Catalogue.Indicators["virtual-ward-occupancy"], new OrganisationCode(row.Code), period, new StatementSet(statements), AbsenceCode.Late).Value;
    }

    private static IEnumerable<OracleRow> ReadOracle() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sources/NhsEngland/VirtualWard/cases/virtual_ward_statistics.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => new OracleRow(cells[0][..7], cells[2], Number(cells[3]), Number(cells[5]), Number(cells[6]), Number(cells[7]), cells[8] == "True"));

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private sealed record OracleRow(string Month, string Code, double Capacity, double Population, double Patients, double Occupancy, bool Capped)
    {
        public string Key(string metric) => $"{Month} {metric}@{Code}";
    }
}
