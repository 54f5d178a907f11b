using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>Reads how many practices, and how many registered patients, the counts are of: by sub-ICB location and month.</summary>
internal sealed class CoverageTable(SummedReading reading)
{
    private readonly Dictionary<(OrganisationCode, DateOnly), (int Row, ReportedCell[] Cells)> stated = [];

    public void Read(IReadOnlyList<TableRow> rows, int header)
    {
        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of([.. rows[header].Cells.Select(GpColumns.Plain)], GpColumns.Coverage, GpColumns.IsNotRead, body);
        foreach (var row in body)
        {
            Read(row, columns);
        }
    }

    public void State()
    {
        foreach (var ((location, month), (row, cells)) in stated)
        {
            reading.Owe(cells.Length);
            foreach (var cell in cells)
            {
                reading.State(cell, location, LondonCalendar.Month(month.Year, month.Month), row);
            }
        }
    }

    private void Read(TableRow row, ColumnMap columns)
    {
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.IsNote(row))
        {
            reading.SetAsideNote();
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (!OrganisationCode.TryParse(row[columns[GpColumns.Code]], out var location))
        {
            reading.RejectRow(row.Number, $"'{row[columns[GpColumns.Code]]}' is not an organisation code", row.Text);
        }
        else if (GpDates.Read(row[columns[GpColumns.Month]]) is not { Day: 1 } month)
        {
            reading.RejectRow(row.Number, $"'{row[columns[GpColumns.Month]]}' is not the first day of a month, such as 01FEB2023", row.Text);
        }
        else
        {
            Accept(row, location, month, columns);
        }
    }

    private void Accept(TableRow row, OrganisationCode location, DateOnly month, ColumnMap columns)
    {
        var cells = GpColumns.CoverageFigures.Select(column => ReportedCell.Count(column.Metric, column.Header, row[columns[column.Header]])).ToArray();
        RefuseMoreThanAll(cells, included: 0, all: 1);
        RefuseMoreThanAll(cells, included: 2, all: 3);
        if (!stated.TryGetValue((location, month), out var first))
        {
            reading.AcceptRow();
            stated[(location, month)] = (row.Number, cells);
            return;
        }

        var repeats = cells.Zip(first.Cells).All(pair => pair.First.Figure == pair.Second.Figure);
        reading.RejectRow(row.Number, $"{location} stands in row {first.Row} for the month already, with {(repeats ? "the same" : "other")} figures", row.Text);
        if (!repeats)
        {
            stated[(location, month)] = (first.Row, [.. first.Cells.Select(cell => cell.Refuse($"row {row.Number} states other figures for {location}"))]);
        }
    }

    private static void RefuseMoreThanAll(ReportedCell[] cells, int included, int all)
    {
        if (cells[included].Number > cells[all].Number)
        {
            var reason = $"{cells[included].Text} of {cells[all].Text}: a part cannot exceed its whole";
            cells[included] = cells[included].Refuse(reason);
            cells[all] = cells[all].Refuse(reason);
        }
    }
}
