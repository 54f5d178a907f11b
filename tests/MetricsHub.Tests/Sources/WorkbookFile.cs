using System.Globalization;
using System.Security;
using System.Text;

namespace MetricsHub.Tests.Sources;

/// <summary>
/// Writes an XLSX workbook from cells, for publications of which the layout is documented and no file is at hand: texts, numbers and
/// dates as a spreadsheet program stores them, nothing else of its format.
/// </summary>
internal sealed class WorkbookFile
{
    private readonly List<(string Name, SortedDictionary<int, SortedDictionary<int, object>> Rows)> sheets = [];

    /// <summary>Starts a sheet; cells are set in the newest one.</summary>
    public WorkbookFile Sheet(string name)
    {
        sheets.Add((name, []));
        return this;
    }

    /// <summary>Sets the cells of a row from a column on; null and an empty text leave theirs empty.</summary>
    /// <param name="row">Counted from 1, as a spreadsheet shows it.</param>
    /// <param name="column">The letters of the first column.</param>
    public WorkbookFile Row(int row, string column, params IEnumerable<object?> cells)
    {
        var rows = sheets[^1].Rows;
        var cellsOfRow = rows.TryGetValue(row, out var known) ? known : rows[row] = [];
        var first = column.Aggregate(0, (number, letter) => (26 * number) + letter - 'A' + 1);
        foreach (var (index, cell) in cells.Index().Where(cell => cell.Item is not (null or "")))
        {
            cellsOfRow[first + index] = cell!;
        }

        return this;
    }

    public byte[] ToBytes() => WorkbookEdit.Zip(
    [
        ("[Content_Types].xml", Utf8("""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>
            """)),
        ("_rels/.rels", Relations([("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", Utf8($"""
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{string.Concat(sheets.Select((sheet, index) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{index + 1}\" r:id=\"rId{index + 1}\"/>"))}</sheets></workbook>
            """)),
        ("xl/_rels/workbook.xml.rels", Relations([.. sheets.Select((_, index) => ("worksheet", $"worksheets/sheet{index + 1}.xml")), ("styles", "styles.xml")])),

        // The second style is a date: what tells a date from a number in a workbook is its format alone.
        ("xl/styles.xml", Utf8("""
            <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>
            """)),
        .. sheets.Select((sheet, index) => ($"xl/worksheets/sheet{index + 1}.xml", Utf8($"""
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{string.Concat(sheet.Rows.Select(row => $"<row r=\"{row.Key}\">{string.Concat(row.Value.Select(cell => Cell(row.Key, cell.Key, cell.Value)))}</row>"))}</sheetData></worksheet>
            """))),
    ]);

    private static string Cell(int row, int column, object value) => value switch
    {
        DateOnly date => $"<c r=\"{Letters(column)}{row}\" s=\"1\"><v>{date.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)}</v></c>",
        DateTime date => $"<c r=\"{Letters(column)}{row}\" s=\"1\"><v>{date.ToOADate().ToString(CultureInfo.InvariantCulture)}</v></c>",
        IFormattable number => $"<c r=\"{Letters(column)}{row}\"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>",
        _ => $"<c r=\"{Letters(column)}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(value.ToString())}</t></is></c>",
    };

    private static string Letters(int column) => column == 0 ? "" : Letters((column - 1) / 26) + (char)('A' + ((column - 1) % 26));

    private static byte[] Relations(IEnumerable<(string Kind, string Target)> relations) => Utf8($"""
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(relations.Select((relation, index) => $"<Relationship Id=\"rId{index + 1}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation.Kind}\" Target=\"{relation.Target}\"/>"))}</Relationships>
        """);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
