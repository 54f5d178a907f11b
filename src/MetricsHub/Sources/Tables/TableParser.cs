namespace MetricsHub.Sources.Tables;

/// <summary>
/// Reads a table by a mapping: an analyst's description of a provider's file instead of a parser. Columns are found by name, whatever
/// stands between them; a named one that is missing refuses the file.
/// </summary>
internal sealed class TableParser(TableDefinition definition) : IPublicationParser
{
    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = definition.Format == TableFormat.Json
            ? JsonTable.Read(content.Bytes, definition)
            : SheetTable.Read(content.Bytes, definition);
        var reading = new TableRowReading(definition);
        foreach (var row in rows)
        {
            reading.Read(row);
        }

        return reading.Complete();
    }
}
