using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Tables;

/// <summary>Reads a table row by row: whom each speaks of, of which instant, and what every field states.</summary>
internal sealed class TableRowReading
{
    private readonly TableReading reading = new();
    private readonly TableDefinition definition;
    private readonly TableClock clock;
    private readonly int time;
    private readonly int organisationField;
    private readonly (TableFigure Figure, int Field)[] figures;

    // The cells of a row speak of one instant, and mostly of one period.
    private (Cadence Cadence, DateTimeOffset Instant, Period? Period) last;

    public TableRowReading(TableDefinition definition)
    {
        this.definition = definition;
        var fields = definition.FieldsRead();
        clock = new TableClock(definition.Time, definition.Format == TableFormat.Xlsx);
        time = fields.IndexOf(definition.Time.Field);
        organisationField = definition.Organisation.Field is { } field ? fields.IndexOf(field) : -1;
        figures = [.. definition.Figures.Select(figure => (figure, fields.IndexOf(figure.Field)))];
    }

    public ParsedPublication Complete() => reading.Complete();

    public void Read(FieldRow row)
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
            reading.Accept(row, Array.ConvertAll(figures, figure => CellOf(row, organisation, figure.Figure, row.Values[figure.Field], instant)));
        }
    }

    private TableCell CellOf(FieldRow row, OrganisationCode organisation, TableFigure figure, string text, DateTimeOffset instant)
    {
        string? problem = null;
        Figure? read = definition.Missing.TryGetValue(text, out var absence)
            ? Figure.Absent(absence)
            : TableNumber.Read(text, figure.Conversion, out problem);
        return new TableCell(row.Number, figure, new SeriesKey(figure.Metric, organisation), PeriodOf(figure.Cadence, instant), instant, text, read, problem);
    }

    private Period PeriodOf(Cadence cadence, DateTimeOffset instant)
    {
        if (last.Cadence != cadence || last.Instant != instant || last.Period is null)
        {
            last = (cadence, instant, TablePeriods.Of(cadence, instant));
        }

        return last.Period.Value;
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
