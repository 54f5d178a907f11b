using System.Globalization;
using System.Xml.Linq;
using MetricsHub.Tests.Sources;

namespace MetricsHub.Tests.Acceptance;

/// <summary>Faults of a workbook, in some cells of each of its sheets.</summary>
internal static class WorkbookEdits
{
    // Dates are numbers in a workbook: the first day of 1970, and of 2999.
    private static readonly string[] OtherDays = ["25569", "401404"];

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // In each sheet, at even distances.
    private const int MostCells = 7;

    public static IEnumerable<FileFault> Of(byte[] bytes)
    {
        foreach (var (sheet, cells) in CellsOf(bytes))
        {
            foreach (var cell in TableFaults.Some([.. cells.Where(IsNumber)], MostCells))
            {
                var place = cell.Attribute("r")!.Value;
                foreach (var text in TableFaults.NoNumbers)
                {
                    yield return new($"{sheet} {place} reads '{text}'", WithText(bytes, sheet, place, text), Expect.Noticed);
                }

                foreach (var day in IsDay(cell) ? OtherDays : [])
                {
                    yield return new($"{sheet} {place} is {day}", Edit(bytes, sheet, place, found => found.Element(Main + "v")!.Value = day), Expect.Noticed);
                }
            }

            foreach (var place in TableFaults.Some([.. cells.Where(cell => !IsNumber(cell)).Select(cell => cell.Attribute("r")!.Value)], MostCells))
            {
                yield return new($"{sheet} {place} renamed", WithText(bytes, sheet, place, "Quite another thing"), Expect.Noticed);
                yield return new($"{sheet} {place} empty", Edit(bytes, sheet, place, cell => cell.Remove()), Expect.Noticed);
            }
        }
    }

    /// <summary>The filled cells of each sheet.</summary>
    private static List<(string Sheet, List<XElement> Cells)> CellsOf(byte[] bytes)
    {
        var sheets = new List<(string, List<XElement>)>();
        WorkbookEdit.Rewrite(bytes, (name, text) =>
        {
            if (IsSheet(name))
            {
                sheets.Add((name, [.. XDocument.Parse(text).Descendants(Main + "c").Where(cell => cell.Element(Main + "v") is not null || cell.Element(Main + "is") is not null)]));
            }

            return text;
        });
        return sheets;
    }

    private static bool IsNumber(XElement cell) => cell.Attribute("t")?.Value is null or "n";

    /// <summary>Whether it may be a day of the years 2009 to 2036.</summary>
    private static bool IsDay(XElement cell) =>
        int.TryParse(cell.Element(Main + "v")!.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is > 40_000 and < 50_000;

    private static byte[] WithText(byte[] bytes, string sheet, string place, string text) => Edit(bytes, sheet, place, cell =>
    {
        cell.RemoveNodes();
        var isNumber = double.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        cell.SetAttributeValue("t", isNumber ? null : "inlineStr");
        cell.Add(isNumber ? new XElement(Main + "v", text) : new XElement(Main + "is", new XElement(Main + "t", text)));
    });

    private static byte[] Edit(byte[] bytes, string sheet, string place, Action<XElement> edit) => WorkbookEdit.Rewrite(bytes, (name, text) =>
    {
        if (name != sheet)
        {
            return text;
        }

        var document = XDocument.Parse(text, LoadOptions.PreserveWhitespace);
        edit(document.Descendants(Main + "c").First(cell => cell.Attribute("r")?.Value == place));
        return document.ToString(SaveOptions.DisableFormatting);
    });

    private static bool IsSheet(string name) => name.StartsWith("xl/worksheets/", StringComparison.Ordinal);
}
