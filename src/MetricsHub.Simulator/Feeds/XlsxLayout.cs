using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace MetricsHub.Simulator.Feeds;

/// <summary>
/// A workbook of one sheet: a title, an empty row, the header row, the rows. It holds what a workbook must hold and no more: texts stand
/// in their cells, and there are no styles.
/// </summary>
internal sealed class XlsxLayout(RowStyle style, string sheet) : IFeedLayout
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Package = "application/vnd.openxmlformats-package";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // Of no meaning, and always the same, so that the same rows are the same bytes.
    private static readonly DateTimeOffset Written = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Extension => "xlsx";

    public string MediaType => $"{Spreadsheet}.sheet";

    public RowStyle Style => style;

    public byte[] Write(Feed feed, IEnumerable<FeedRow> rows)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(package, "[Content_Types].xml", "Types", Types, xml =>
            {
                Element(xml, Types, "Default", ("Extension", "rels"), ("ContentType", $"{Package}.relationships+xml"));
                Element(xml, Types, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", $"{Spreadsheet}.sheet.main+xml"));
                Element(xml, Types, "Override", ("PartName", "/xl/worksheets/sheet1.xml"), ("ContentType", $"{Spreadsheet}.worksheet+xml"));
            });
            Part(package, "_rels/.rels", "Relationships", Relations, xml =>
                Element(xml, Relations, "Relationship", ("Id", "rId1"), ("Type", $"{Office}/officeDocument"), ("Target", "xl/workbook.xml")));
            Part(package, "xl/_rels/workbook.xml.rels", "Relationships", Relations, xml =>
                Element(xml, Relations, "Relationship", ("Id", "rId1"), ("Type", $"{Office}/worksheet"), ("Target", "worksheets/sheet1.xml")));
            Part(package, "xl/workbook.xml", "workbook", Main, xml =>
            {
                xml.WriteStartElement("sheets", Main);
                xml.WriteStartElement("sheet", Main);
                xml.WriteAttributeString("name", sheet);
                xml.WriteAttributeString("sheetId", "1");
                xml.WriteAttributeString("id", Office, "rId1");
                xml.WriteEndElement();
                xml.WriteEndElement();
            });
            Part(package, "xl/worksheets/sheet1.xml", "worksheet", Main, xml => Sheet(xml, feed, rows));
        }

        return bytes.ToArray();
    }

    private void Sheet(XmlWriter xml, Feed feed, IEnumerable<FeedRow> rows)
    {
        xml.WriteStartElement("sheetData", Main);
        Row(xml, 1, [feed.Title]);
        string[] organisation = style.Organisation is { } field ? [field] : [];
        Row(xml, 3, [.. organisation, style.Time, .. feed.Columns.Select(column => column.Field)]);
        foreach (var (index, row) in rows.Index())
        {
            Row(xml, 4 + index,
            [
                .. style.Organisation is null ? Array.Empty<object>() : [FeedText.OrganisationOf(row, style)],
                FeedText.Of(row.At, style.TimeStyle),
                .. row.Cells.Select((cell, column) => Value(cell, feed.Columns[column].Style)),
            ]);
        }

        xml.WriteEndElement();
    }

    private object Value(Cell cell, NumberStyle written) =>
        cell.Number is { } number ? FeedText.InUnit(number, written) : FeedText.Of(cell, written, style.Markers);

    private static void Row(XmlWriter xml, int number, IReadOnlyList<object> cells)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        foreach (var (column, value) in cells.Index())
        {
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", $"{(char)('A' + column)}{number}");
            if (value is double figure)
            {
                xml.WriteElementString("v", Main, figure.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteElementString("t", Main, (string)value);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string names, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name, names);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }

    private static void Part(ZipArchive package, string path, string root, string names, Action<XmlWriter> content)
    {
        var entry = package.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = Written;
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement(root, names);
        content(xml);
        xml.WriteEndElement();
    }
}
