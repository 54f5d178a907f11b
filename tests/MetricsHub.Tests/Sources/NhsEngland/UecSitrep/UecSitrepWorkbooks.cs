using System.Globalization;

namespace MetricsHub.Tests.Sources.NhsEngland.UecSitrep;

/// <summary>
/// The winter workbooks in the documented layout, with the real figures of 24 to 26 December 2022. The daily split of general and acute
/// beds is not at hand, so these two sheets hold the trusts that have beds of one kind only, and their England row adds those up;
/// everywhere else England is the publisher's.
/// </summary>
internal static class UecSitrepWorkbooks
{
    public static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Cut = CsvCut.Read("NhsEngland/UecSitrep/cases/winter-2022-23.csv");

    public static readonly IReadOnlyList<DateOnly> Dates =
        [.. Cut.Select(row => row["date"]).Distinct().Order().Select(date => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture))];

    /// <summary>The sheets of the daily workbook, and which beds a trust of each has only.</summary>
    private static readonly (UecSitrepSheet Sheet, string Beds)[] DailySheets =
    [
        (UecSitrepSheet.Adult, "adult"), (UecSitrepSheet.Paediatric, "paediatric"), (UecSitrepSheet.CriticalCare, ""),
        (UecSitrepSheet.LongStays, ""), (UecSitrepSheet.Closures, ""), (UecSitrepSheet.Diverts, ""),
    ];

    public static byte[] Daily() => Daily((_, _, _) => null);

    /// <param name="spoil">What stands in a trust's cell instead, by code, day and column of the cut; null for what the publisher states.</param>
    public static byte[] Daily(Func<string, DateOnly, string, string?> spoil) => DailySheets
        .Aggregate(
            new WorkbookFile().Sheet("Notes").Row(2, "B", "These are provisional figures."),
            (file, sheet) => Add(file, sheet.Sheet, sheet.Beds, (code, date, column) => spoil(code, date, column) ?? Figure(code, date, column)))
        .ToBytes();

    public static byte[] AmbulanceHandover() => Add(new WorkbookFile(), UecSitrepSheet.Handovers, beds: "", Figure).ToBytes();

    /// <summary>The trusts that a sheet lists: those with a cell in it, in the order of their codes.</summary>
    public static IReadOnlyList<string> TrustsOf(string sheet)
    {
        var (known, beds) = DailySheets.Append((UecSitrepSheet.Handovers, "")).First(candidate => candidate.Item1.Name == sheet);
        return TrustsOf(known, beds);
    }

    public static string Figure(string code, DateOnly date, string column) =>
        Cut.SingleOrDefault(row => row["code"] == code && row["date"] == date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))?[column] ?? "";

    private static string[] TrustsOf(UecSitrepSheet sheet, string beds) =>
    [
        .. Cut.Where(row => row["code"] != "-" && (beds.Length == 0 || row["beds"] == beds) && sheet.Columns.Any(column => row[column.Cut].Length > 0))
            .Select(row => row["code"]).Distinct().Order(StringComparer.Ordinal),
    ];

    private static WorkbookFile Add(WorkbookFile file, UecSitrepSheet sheet, string beds, SitrepFigure figure)
    {
        var codes = TrustsOf(sheet, beds);
        return sheet.AddTo(
            file, "29 December 2022", Dates,
            [.. codes.Select(code => Cut.First(row => row["code"] == code)).Select(row => (row["region"], row["code"], row["name"]))],
            figure,
            (date, column) => beds.Length == 0
                ? CsvCut.Cell(Figure("-", date, column))
                : codes.Sum(code => int.TryParse(Figure(code, date, column), CultureInfo.InvariantCulture, out var number) ? number : 0));
    }
}
