namespace MetricsHub.Tests.Sources.NhsEngland.UecSitrep;

/// <summary>What a cut states in a trust's row of a day; empty where it states nothing.</summary>
/// <param name="code">The trust's code; <c>-</c> is England.</param>
/// <param name="column">As the cut names it: <c>ga_open</c>.</param>
internal delegate string SitrepFigure(string code, DateOnly date, string column);

/// <summary>
/// One sheet of the winter workbooks in the documented layout: dates in row 13 above the first column of their block, names in row 15
/// and again under every date, England in row 16, a blank row, then trusts from row 18; nothing in column A.
/// </summary>
/// <param name="Columns">By the names that the publisher gives them, and those of a cut.</param>
internal sealed record UecSitrepSheet(string Name, IReadOnlyList<(string Header, string Cut)> Columns)
{
    public static readonly UecSitrepSheet Adult = new("Adult G&A beds",
    [
        ("Adult G&A Beds Open", "ga_open"),
        ("Adult G&A beds occ'd", "ga_occupied"),
        ("Adult G&A beds unavailable to non-covid admissions “void”", "ga_void"),
    ]);

    public static readonly UecSitrepSheet Paediatric = new("Paediatric G&A beds",
    [
        ("Paediatric G&A Beds Open", "ga_open"),
        ("Paediatric G&A beds occ’d", "ga_occupied"),
        ("Paediatric G&A beds unavailable to non-covid admissions “void”", "ga_void"),
    ]);

    public static readonly UecSitrepSheet CriticalCare = new("Adult critical care", [("CC Adult Open", "cc_open"), ("CC Adult Occ", "cc_occupied")]);

    public static readonly UecSitrepSheet LongStays = new("Beds Occ by long stay patients ", [("> 7 days", "over_7"), ("> 21 days", "over_21")]);

    public static readonly UecSitrepSheet Closures = new("A&E Closures", [("A&E Closures", "closures")]);

    public static readonly UecSitrepSheet Diverts = new("A&E Diverts", [("A&E Diverts", "diverts")]);

    public static readonly UecSitrepSheet Handovers =
        new("Ambulance Arrivals and Delays", [("Delay 30-60 mins", "delay_30_60"), ("Delay >60 mins", "delay_over_60")]);

    /// <param name="published">As the publisher writes a date: <c>29 December 2022</c>.</param>
    /// <param name="trusts">Region, code and name of each, in order.</param>
    /// <param name="england">England's cell.</param>
    public WorkbookFile AddTo(
        WorkbookFile file, string published, IReadOnlyList<DateOnly> dates, IReadOnlyList<(string Region, string Code, string Name)> trusts,
        SitrepFigure figure, Func<DateOnly, string, object> england)
    {
        file.Sheet(Name)
            .Row(2, "B", "Title:", $"Urgent and Emergency Care Daily Situation Reports 2022-23 - {Name}")
            .Row(5, "B", "Published:", published)
            .Row(13, "E", dates.SelectMany(date => Enumerable.Repeat<object?>(null, Columns.Count - 1).Prepend(date)))
            .Row(15, "B", ["NHS England Region", "Code", "Name", .. dates.SelectMany(_ => Columns.Select(column => column.Header))])
            .Row(16, "C", ["-", "ENGLAND", .. dates.SelectMany(date => Columns.Select(column => england(date, column.Cut)))]);
        foreach (var (index, (region, code, name)) in trusts.Index())
        {
            file.Row(18 + index, "B", [region, code, name, .. dates.SelectMany(date => Columns.Select(column => CsvCut.Cell(figure(code, date, column.Cut))))]);
        }

        return file.Row(20 + trusts.Count, "B", "Source: Urgent and Emergency Care Daily Situation Reports");
    }
}
