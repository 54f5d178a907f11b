using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsUk.DentalAcceptance;

/// <summary>
/// How many dental practices of an integrated care board say on nhs.uk that they accept patients, as someone counted them day by day: a
/// derived file. Practices that the file places in no board are rejected rows: they are there, and nobody's.
/// </summary>
internal sealed class DentalAcceptanceParser : IPublicationParser
{
    private const string Date = "snapshot_date";
    private const string Board = "icb_ons_code";

    /// <summary>The practices, then the answers that they fall into without rest, then what is said about who is accepted.</summary>
    private static readonly IReadOnlyList<(string Header, MetricKey Metric)> Figures =
    [
        ("practices", new("dental-practices-listed")),
        ("accepting", new("dental-practices-accepting")),
        ("not_accepting", new("dental-practices-not-accepting")),
        ("not_confirmed", new("dental-practices-not-confirmed")),
        ("referral_only", new("dental-practices-referral-only")),
        ("unrecognised", new("dental-practices-unrecognised")),
        ("accepts_adults", new("dental-practices-accepting-adults")),
        ("accepts_children", new("dental-practices-accepting-children")),
    ];

    private const int Practices = 0;
    private const int Answers = 5;

    private static readonly HashSet<string> NotRead = [.. new[] { "icb_name", "accepts_free_care_adults" }.Select(ColumnName.Normalise)];

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = CsvTable.Read(content.Bytes, "daily counts of dental practices by ICB (CSV)");
        var body = rows.Skip(1).ToArray();
        var columns = ColumnMap.Of(
            rows[0].Cells, [Date, Board, .. Figures.Select(figure => figure.Header)], name => NotRead.Contains(ColumnName.Normalise(name)), body);
        var reading = new SummedReading();
        var stated = new Dictionary<(OrganisationCode, DateOnly), (int Row, ReportedCell[] Cells)>();
        foreach (var row in body)
        {
            Read(row, columns, stated, reading);
        }

        foreach (var ((board, date), (row, cells)) in stated)
        {
            reading.Owe(cells.Length);
            foreach (var cell in cells)
            {
                reading.State(cell, board, LondonCalendar.Day(date), row);
            }
        }

        return reading.RowsWithFigures > 0 ? reading.CompleteRolling() : throw new PublicationFormatException("rows below the header row", "none");
    }

    private static void Read(TableRow row, ColumnMap columns, Dictionary<(OrganisationCode, DateOnly), (int Row, ReportedCell[] Cells)> stated, SummedReading reading)
    {
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (!DateOnly.TryParseExact(row[columns[Date]], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            reading.RejectRow(row.Number, $"'{row[columns[Date]]}' is not a day such as 2026-07-25", row.Text);
        }
        else if (IcbOnsCodes.Find(row[columns[Board]]) is not { } board)
        {
            reading.RejectRow(row.Number, $"'{row[columns[Board]]}' is not the ONS code of an integrated care board", row.Text);
        }
        else
        {
            Accept(row, (board, date), Cells(row, columns), stated, reading);
        }
    }

    private static void Accept(
        TableRow row, (OrganisationCode Board, DateOnly Date) key, ReportedCell[] cells,
        Dictionary<(OrganisationCode, DateOnly), (int Row, ReportedCell[] Cells)> stated, SummedReading reading)
    {
        if (stated.TryAdd(key, (row.Number, cells)))
        {
            reading.AcceptRow();
            return;
        }

        var first = stated[key];
        var repeats = first.Cells.Zip(cells).All(pair => pair.First.Figure == pair.Second.Figure);
        reading.RejectRow(row.Number, $"{key.Board} stands in row {first.Row} for the day already, with {(repeats ? "the same" : "other")} figures", row.Text);
        if (!repeats)
        {
            stated[key] = (first.Row, [.. first.Cells.Select(cell => cell.Refuse($"row {row.Number} states other figures for {key.Board}"))]);
        }
    }

    private static ReportedCell[] Cells(TableRow row, ColumnMap columns)
    {
        var cells = Figures.Select(figure => ReportedCell.Count(figure.Metric, figure.Header, row[columns[figure.Header]])).ToArray();
        var answers = cells.Skip(1).Take(Answers).ToArray();
        if (cells[Practices].Number is { } practices
            && Array.TrueForAll(answers, cell => cell.Number is not null)
            && answers.Sum(cell => cell.Number!.Value) is var sum
            && sum != practices)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"the answers add up to {sum} and not to the {practices} practices");
            return [.. cells.Select(cell => cell.Refuse(reason))];
        }

        return cells;
    }
}
