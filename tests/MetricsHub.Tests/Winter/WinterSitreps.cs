using System.Globalization;
using MetricsHub.Tests.Sources;
using MetricsHub.Tests.Sources.NhsEngland.UecSitrep;

namespace MetricsHub.Tests.Winter;

/// <summary>
/// The daily sitreps of winter 2022-23, one workbook of each of the two collections a day: the figures of a tidied copy, set in the
/// documented layout. They are no files of the publisher. The copy adds adult and paediatric general and acute beds up, and the sheet
/// of adults holds that sum.
/// </summary>
internal sealed class WinterSitreps
{
    private readonly Dictionary<(string Code, DateOnly Date), IReadOnlyDictionary<string, string>> rows = [];

    private WinterSitreps(IReadOnlyList<IReadOnlyDictionary<string, string>> stated)
    {
        foreach (var row in stated)
        {
            // One trust stands there twice a day with the same figures, under a name and its abbreviation: it is one trust.
            rows.TryAdd((row["code"], DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture)), row);
        }

        Dates = [.. rows.Keys.Select(key => key.Date).Distinct().Order()];
        Codes = [.. rows.Keys.Select(key => key.Code).Where(code => code != "-").Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Every day of which there are figures, oldest first.</summary>
    public IReadOnlyList<DateOnly> Dates { get; }

    /// <summary>The trusts that have a row on each of those days.</summary>
    public IReadOnlyList<string> Codes { get; }

    public static WinterSitreps Read() => new(CsvCut.ReadPacked(Path.Combine("Winter", "cases", "winter-2022-23.csv.gz")));

    public byte[] Daily(DateOnly date) =>
        Workbook(date, [UecSitrepSheet.Adult, UecSitrepSheet.CriticalCare, UecSitrepSheet.LongStays, UecSitrepSheet.Closures, UecSitrepSheet.Diverts]);

    public byte[] Handovers(DateOnly date) => Workbook(date, [UecSitrepSheet.Handovers]);

    private byte[] Workbook(DateOnly date, UecSitrepSheet[] sheets) => sheets.Aggregate(new WorkbookFile(), (file, sheet) => Add(file, sheet, date)).ToBytes();

    private WorkbookFile Add(WorkbookFile file, UecSitrepSheet sheet, DateOnly date) => sheet.AddTo(
        file,
        date.AddDays(1).ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        [date],
        [.. Codes.Where(code => EverStates(code, sheet)).Select(code => rows[(code, date)]).Select(row => (row["region"], row["code"], row["name"]))],
        Figure,
        (day, column) => CsvCut.Cell(Figure("-", day, column)));

    /// <summary>A sheet lists who states any of its figures on any day of the winter; the others have no such service.</summary>
    private bool EverStates(string code, UecSitrepSheet sheet) =>
        Dates.Any(date => sheet.Columns.Any(column => Figure(code, date, column.Cut).Length > 0));

    private string Figure(string code, DateOnly date, string column) => rows[(code, date)][column];
}
