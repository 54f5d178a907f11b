using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Sources.Tables;

/// <summary>
/// Reads a table by a mapping: an analyst's description of a provider's file instead of a parser. Columns are found by name, whatever
/// stands between them; a named one that is missing refuses the file.
/// </summary>
internal sealed class TableParser(TableDefinition definition) : IPublicationParser
{
    private readonly TableClock clock = new(definition.Time, definition.Format == TableFormat.Xlsx);
    private readonly int time = definition.IndexOf(definition.Time.Field);
    private readonly int organisationField = definition.Organisation.Field is { } field ? definition.IndexOf(field) : -1;
    private readonly (TableFigure Figure, int Field)[] figures = [.. definition.Figures.Select(figure => (figure, definition.IndexOf(figure.Field)))];

    public int Version => 1;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = definition.Format == TableFormat.Json
            ? JsonTable.Read(content.Bytes, definition)
            : SheetTable.Read(content.Bytes, definition);
        var reading = new TableReading();
        foreach (var row in rows)
        {
            ReadRow(row, reading);
        }

        return reading.Complete();
    }

    private void ReadRow(FieldRow row, TableReading reading)
    {
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (row.Problem is { } problem)
        {
            reading.RejectRow(row, problem);
        }
        else if (IsTotal(row))
        {
            reading.SetAsideTotal();
        }
        else if (OrganisationOf(row, out var organisation) is { } unknown)
        {
            reading.RejectRow(row, unknown);
        }
        else if (clock.Read(row.Values[time], out var instant) is { } untimed)
        {
            reading.RejectRow(row, $"{definition.Time.Field}: {untimed}");
        }
        else
        {
            reading.Accept(row, [.. figures.Select(figure => CellOf(row, organisation, figure.Figure, row.Values[figure.Field], instant))]);
        }
    }

    private TableCell CellOf(FieldRow row, OrganisationCode organisation, TableFigure figure, string text, DateTimeOffset instant)
    {
        string? problem = null;
        Figure? read = definition.Missing.TryGetValue(text, out var absence)
            ? Figure.Absent(absence)
            : TableNumber.Read(text, figure.Conversion, out problem);
        return new TableCell(row.Number, figure, new SeriesKey(figure.Metric, organisation), TablePeriods.Of(figure.Cadence, instant), instant, text, read, problem);
    }

    /// <summary>A row that sums the others states nothing of anybody, unless the mapping says whom.</summary>
    private bool IsTotal(FieldRow row) =>
        organisationField >= 0 && TableRows.IsTotalWord(row.Values[organisationField]) && !definition.Organisation.Codes.ContainsKey(row.Values[organisationField]);

    private string? OrganisationOf(FieldRow row, out OrganisationCode organisation)
    {
        if (definition.Organisation.Code is { } always)
        {
            organisation = always;
            return null;
        }

        var text = row.Values[organisationField];
        var (field, codes) = (definition.Organisation.Field, definition.Organisation.Codes);
        if (codes.Count > 0)
        {
            return codes.TryGetValue(text, out organisation) ? null : $"{field}: the mapping has no organisation for '{text}'";
        }

        return OrganisationCode.TryParse(text, out organisation) ? null : $"{field}: '{text}' is not an organisation code";
    }
}
