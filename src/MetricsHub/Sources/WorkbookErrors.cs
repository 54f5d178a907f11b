using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace MetricsHub.Sources;

/// <summary>
/// Finds the cells of a workbook that hold an error, <c>#REF!</c> or <c>#DIV/0!</c>. The library reads them as empty; but an empty cell
/// is a figure kept back, and an error is a mistake.
/// </summary>
internal static class WorkbookErrors
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="workbook">Held to <see cref="ArchiveLimits"/> before.</param>
    /// <returns>By sheet, row from 1 and column from 0: the error's text.</returns>
    public static IReadOnlyDictionary<(string Sheet, int Row, int Column), string> In(ReadOnlyMemory<byte> workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook.ToArray(), writable: false));
        var targets = Load(zip, "xl/_rels/workbook.xml.rels").Elements()
            .ToDictionary(relation => (string?)relation.Attribute("Id") ?? "", relation => (string?)relation.Attribute("Target") ?? "");
        var errors = new Dictionary<(string, int, int), string>();
        foreach (var sheet in Load(zip, "xl/workbook.xml").Descendants(Main + "sheet"))
        {
            var target = targets[(string?)sheet.Attribute(Relations + "id") ?? ""];
            foreach (var cell in Load(zip, target.StartsWith('/') ? target[1..] : $"xl/{target}").Descendants(Main + "c").Where(cell => (string?)cell.Attribute("t") == "e"))
            {
                var (row, column) = Position((string?)cell.Attribute("r") ?? "");
                errors[((string?)sheet.Attribute("name") ?? "", row, column)] = (string?)cell.Element(Main + "v") ?? "#ERROR";
            }
        }

        return errors;
    }

    private static XElement Load(ZipArchive zip, string name)
    {
        using var content = (zip.GetEntry(name) ?? throw new InvalidDataException($"the part '{name}' is missing")).Open();
        using var reader = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }

    /// <summary><c>J58</c> is row 58, column 9.</summary>
    private static (int Row, int Column) Position(string reference)
    {
        var letters = reference.TakeWhile(char.IsAsciiLetterUpper).ToArray();
        return (
            int.Parse(reference.AsSpan(letters.Length), NumberStyles.None, CultureInfo.InvariantCulture),
            letters.Aggregate(0, (column, letter) => (26 * column) + letter - 'A' + 1) - 1);
    }
}
