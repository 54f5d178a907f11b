using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources;

/// <summary>A cell and the period that it speaks of.</summary>
internal sealed record DatedCell(ReportedCell Cell, Period Period);

/// <summary>A row that speaks of one organisation, of as many periods as it has columns for.</summary>
/// <param name="Table">The sheet it stands in; empty where a publication has one table only.</param>
internal sealed record DatedRow(string Table, int Number, OrganisationCode Organisation, IReadOnlyList<DatedCell> Cells, string Text);

/// <summary>
/// Gathers what becomes of every row of a publication that speaks of many periods, as <see cref="PublicationReading"/> does for one
/// of a single period.
/// </summary>
internal sealed class StatementReading
{
    private const int LongestText = 200;

    // Averages of a quarter's days are printed with the rounding of binary fractions; a count that differs differs by 1.
    private const double Tolerance = 1e-6;

    private readonly List<Accepted> cells = [];
    private readonly Dictionary<(SeriesKey Series, Period Period), int> stated = [];
    private readonly Dictionary<string, double> sums = [];
    private readonly List<IReadOnlyDictionary<string, double>> totals = [];
    private readonly List<Rejection> rejections = [];
    private int acceptedRows;
    private int rejectedRows;
    private int blanks;
    private int notes;

    /// <summary>
    /// A table speaks once of a series and period: a later row that does so again is rejected, and where it says something else, so is
    /// the first cell, because nobody can say which is right. Where another table of the publication repeats a cell, number for
    /// number, that is the same statement and not one more; where the tables disagree, both cells are rejected.
    /// </summary>
    public void Accept(DatedRow row)
    {
        var earlier = row.Cells.Select(cell => stated.TryGetValue(KeyOf(row, cell), out var index) ? index : -1).ToArray();
        var repeated = Array.FindIndex(earlier, index => index >= 0 && cells[index].Table == row.Table);
        if (repeated >= 0)
        {
            RejectRepeat(row, earlier, repeated);
            return;
        }

        acceptedRows++;
        foreach (var (position, cell) in row.Cells.Index())
        {
            // As read: a total that a publisher states holds the cells, too, that a check refuses.
            if (cell.Cell.Figure is { } figure && figure.TryGetNumber(out var number))
            {
                sums[cell.Cell.Field] = sums.GetValueOrDefault(cell.Cell.Field) + number;
            }

            if (earlier[position] is var first && first < 0)
            {
                stated.Add(KeyOf(row, cell), cells.Count);
                cells.Add(new Accepted(row.Table, row.Number, KeyOf(row, cell), cell.Cell));
            }
            else if (!SaysTheSame(cells[first].Cell, cell.Cell))
            {
                var other = cells[first];
                cells[first] = other with { Cell = other.Cell.Refuse($"'{row.Table}' row {row.Number} states '{cell.Cell.Text.Trim()}'") };
                cells.Add(new Accepted(row.Table, row.Number, KeyOf(row, cell), cell.Cell.Refuse($"'{other.Table}' row {other.Row} states '{other.Cell.Text.Trim()}'")));
            }
        }
    }

    public void RejectRow(int row, string reason, string text)
    {
        rejectedRows++;
        rejections.Add(new Rejection(row, null, reason, Cut(text)));
    }

    /// <summary>Refuses a cell that was accepted, for what the rest of the publication says.</summary>
    public void Refuse(SeriesKey series, Period period, string reason)
    {
        if (stated.TryGetValue((series, period), out var index))
        {
            cells[index] = cells[index] with { Cell = cells[index].Cell.Refuse(reason) };
        }
    }

    /// <summary>The number accepted for a series and period, or null.</summary>
    public double? NumberOf(SeriesKey series, Period period) =>
        stated.TryGetValue((series, period), out var index) ? cells[index].Cell.Number : null;

    /// <param name="total">The fields that the total row states a number for.</param>
    public void SetAsideTotal(IReadOnlyDictionary<string, double> total) => totals.Add(total);

    public void SetAsideBlank() => blanks++;

    public void SetAsideNote() => notes++;

    public ParsedPublication Complete(DateTimeOffset? publishedAt)
    {
        var statements = new List<Statement>();
        var refused = new HashSet<(SeriesKey, Period)>();
        var cellsRejected = 0;
        foreach (var accepted in cells)
        {
            if (accepted.Cell.Problem is null && accepted.Cell.Figure is { } figure)
            {
                statements.Add(new Statement(accepted.Key.Series, accepted.Key.Period, figure, accepted.Row));
            }
            else
            {
                // Stated as an absence as well: an earlier release's number must not go on standing for the one that was refused. Once,
                // where two tables contradict each other.
                if (refused.Add(accepted.Key))
                {
                    statements.Add(new Statement(accepted.Key.Series, accepted.Key.Period, Figure.Absent(AbsenceCode.Rejected), accepted.Row));
                }

                cellsRejected++;
                rejections.Add(new Rejection(
                    accepted.Row, accepted.Cell.Field, accepted.Cell.Problem ?? "nothing could be read", Cut(accepted.Cell.Text)));
            }
        }

        var absences = statements.Count(statement => statement.Figure.IsAbsent) - refused.Count;
        var tally = new Tally(
            RowsRead: acceptedRows + rejectedRows + totals.Count + blanks + notes,
            RowsAccepted: acceptedRows,
            RowsRejected: rejectedRows,
            RowsSetAsideAsTotal: totals.Count,
            RowsSetAsideAsBlank: blanks,
            RowsSetAsideAsNote: notes,
            CellsExpected: cells.Count,
            Observations: statements.Count - absences - refused.Count,
            Absences: absences,
            CellsRejected: cellsRejected);
        return new ParsedPublication(
            statements,
            [.. rejections.OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field is not null)],
            tally,
            Reconcile(),
            publishedAt);
    }

    private void RejectRepeat(DatedRow row, int[] earlier, int repeated)
    {
        var contradicts = false;
        foreach (var (position, cell) in row.Cells.Index())
        {
            if (earlier[position] is var index && index >= 0 && !SaysTheSame(cells[index].Cell, cell.Cell))
            {
                contradicts = true;
                cells[index] = cells[index] with { Cell = cells[index].Cell.Refuse($"row {row.Number} states '{cell.Cell.Text.Trim()}'") };
            }
        }

        var first = cells[earlier[repeated]].Row;
        var place = row.Table.Length == 0 ? "" : $" of '{row.Table}'";
        RejectRow(row.Number, $"{row.Organisation} stands in row {first}{place} already, with {(contradicts ? "other" : "the same")} figures", row.Text);
    }

    private Reconciliation Reconcile()
    {
        var compared = totals.SelectMany(total => total).ToArray();
        return compared.Length == 0
            ? Reconciliation.NoTotal
            : new Reconciliation(
                compared.Length,
                [.. compared
                    .Select(total => new ReconciliationDifference(total.Key, total.Value, sums.GetValueOrDefault(total.Key)))
                    .Where(difference => Math.Abs(difference.Difference) > Tolerance)]);
    }

    private static (SeriesKey Series, Period Period) KeyOf(DatedRow row, DatedCell cell) =>
        (new SeriesKey(cell.Cell.Metric, row.Organisation), cell.Period);

    private static bool SaysTheSame(ReportedCell first, ReportedCell second) =>
        first.Figure == second.Figure && (first.Figure is not null || first.Text.Trim() == second.Text.Trim());

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private sealed record Accepted(string Table, int Row, (SeriesKey Series, Period Period) Key, ReportedCell Cell);
}
