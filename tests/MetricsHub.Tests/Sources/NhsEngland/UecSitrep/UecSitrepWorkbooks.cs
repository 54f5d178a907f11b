using System.Globalization;

namespace MetricsHub.Tests.Sources.NhsEngland.UecSitrep;

/// <summary>
/// The winter workbooks in the documented layout, with the real figures of 24 to 26 December 2022: dates in row 13 above the first
/// column of their block, names in row 15 and again under every date, England in row 16, a blank row, then trusts from row 18;
/// nothing in column A. The daily split of general and acute beds is not at hand, so these two sheets hold the trusts that
/// have beds of one kind only, and their England row adds those up; everywhere else England is the publisher's.
/// </summary>
internal static class UecSitrepWorkbooks
{
    public static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Cut = CsvCut.Read("NhsEngland/UecSitrep/cases/winter-2022-23.csv");

    public static readonly IReadOnlyList<DateOnly> Dates =
        [.. Cut.Select(row => row["date"]).Distinct().Order().Select(date => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture))];

    /// <summary>By sheet: which beds a trust of it has only, and its columns by the names that the cut gives them.</summary>
    public static readonly IReadOnlyDictionary<string, (string Beds, (string Header, string Cut)[] Columns)> Sheets =
        new Dictionary<string, (string, (string, string)[])>
        {
            ["Adult G&A beds"] = ("adult",
            [
                ("Adult G&A Beds Open", "ga_open"),
                ("Adult G&A beds occ'd", "ga_occupied"),
                ("Adult G&A beds unavailable to non-covid admissions “void”", "ga_void"),
            ]),
            ["Paediatric G&A beds"] = ("paediatric",
            [
                ("Paediatric G&A Beds Open", "ga_open"),
                ("Paediatric G&A beds occ’d", "ga_occupied"),
                ("Paediatric G&A beds unavailable to non-covid admissions “void”", "ga_void"),
            ]),
            ["Adult critical care"] = ("", [("CC Adult Open", "cc_open"), ("CC Adult Occ", "cc_occupied")]),
            ["Beds Occ by long stay patients "] = ("", [("> 7 days", "over_7"), ("> 21 days", "over_21")]),
            ["A&E Closures"] = ("", [("A&E Closures", "closures")]),
            ["A&E Diverts"] = ("", [("A&E Diverts", "diverts")]),
            ["Ambulance Arrivals and Delays"] = ("", [("Delay 30-60 mins", "delay_30_60"), ("Delay >60 mins", "delay_over_60")]),
        };

    public static byte[] Daily() => Daily((_, _, _) => null);

    /// <param name="spoil">What stands in a trust's cell instead, by code, day and column of the cut; null for what the publisher states.</param>
    public static byte[] Daily(Func<string, DateOnly, string, string?> spoil) =>
        Sheets.Keys.Where(name => !name.StartsWith("Ambulance", StringComparison.Ordinal))
            .Aggregate(new WorkbookFile().Sheet("Notes").Row(2, "B", "These are provisional figures."), (file, sheet) => Add(file, sheet, spoil))
            .ToBytes();

    public static byte[] AmbulanceHandover() => Add(new WorkbookFile(), "Ambulance Arrivals and Delays", (_, _, _) => null).ToBytes();

    /// <summary>The trusts that a sheet lists: those with a cell in it, in the order of their codes.</summary>
    public static IReadOnlyList<string> TrustsOf(string sheet)
    {
        var (beds, columns) = Sheets[sheet];
        return
        [
            .. Cut.Where(row => row["code"] != "-" && (beds.Length == 0 || row["beds"] == beds) && columns.Any(column => row[column.Cut].Length > 0))
                .Select(row => row["code"]).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    public static string Figure(string code, DateOnly date, string column) =>
        Cut.SingleOrDefault(row => row["code"] == code && row["date"] == date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))?[column] ?? "";

    private static WorkbookFile Add(WorkbookFile file, string sheet, Func<string, DateOnly, string, string?> spoil)
    {
        var (beds, columns) = Sheets[sheet];
        var trusts = TrustsOf(sheet);
        file.Sheet(sheet)
            .Row(2, "B", "Title:", $"Urgent and Emergency Care Daily Situation Reports 2022-23 - {sheet}")
            .Row(5, "B", "Published:", "29 December 2022")
            .Row(13, "E", Dates.SelectMany(date => Enumerable.Repeat<object?>(null, columns.Length - 1).Prepend(date)))
            .Row(15, "B", ["NHS England Region", "Code", "Name", .. Dates.SelectMany(_ => columns.Select(column => column.Header))])
            .Row(16, "C", ["-", "ENGLAND", .. Dates.SelectMany(date => columns.Select(column => beds.Length == 0
                ? CsvCut.Cell(Figure("-", date, column.Cut))
                : trusts.Sum(code => int.TryParse(Figure(code, date, column.Cut), CultureInfo.InvariantCulture, out var number) ? number : 0)))]);
        foreach (var (index, code) in trusts.Index())
        {
            var trust = Cut.First(row => row["code"] == code);
            file.Row(18 + index, "B", [trust["region"], code, trust["name"], .. Dates.SelectMany(date => columns.Select(column => CsvCut.Cell(spoil(code, date, column.Cut) ?? Figure(code, date, column.Cut))))]);
        }

        return file.Row(20 + trusts.Count, "B", "Source: Urgent and Emergency Care Daily Situation Reports");
    }
}
