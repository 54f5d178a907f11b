using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Tables;

/// <summary>What a field of a row states.</summary>
/// <param name="Read">The figure; null where the text is none, and <paramref name="Problem"/> says why.</param>
internal sealed record TableCell(
    int Row, TableFigure Figure, SeriesKey Series, Period Period, DateTimeOffset StatedAt, string Text, Figure? Read, string? Problem)
{
    public bool SaysTheSameAs(TableCell other) => Read == other.Read && (Read is not null || Text == other.Text);
}

/// <summary>
/// Gathers what becomes of every row of a table. Rows come in any order. A row that stands there twice is one; two rows that contradict each
/// other are both refused, because nobody can say which is right. Of several snapshots in one period the last is its figure.
/// </summary>
internal sealed class TableReading
{
    private const int LongestText = 200;

    private readonly List<TableCell> cells = [];
    private readonly Dictionary<(SeriesKey Series, Period Period), int> stated = [];
    private readonly List<Rejection> rejections = [];
    private int accepted;
    private int rejected;
    private int totals;
    private int blanks;
    private int contradictions;

    public void Accept(FieldRow row, TableCell[] read)
    {
        if (First(read[0]) is { } same && Array.TrueForAll(read, Repeats))
        {
            RejectRow(row, $"row {same.Row} says the same already");
            return;
        }

        accepted++;
        foreach (var cell in read)
        {
            Add(cell);
        }
    }

    /// <param name="field">Where a row is one figure, the field that is at fault.</param>
    public void RejectRow(FieldRow row, string reason, string? field = null)
    {
        rejected++;
        rejections.Add(new Rejection(row.Number, field, reason, Cut(row.WholeRow())));
    }

    public void SetAsideTotal() => totals++;

    public void SetAsideBlank() => blanks++;

    public ParsedPublication Complete()
    {
        var statements = new List<Statement>(cells.Count);
        var refused = contradictions;
        var absences = 0;
        foreach (var cell in cells)
        {
            if (cell is { Problem: null, Read: { } figure })
            {
                absences += figure.IsAbsent ? 1 : 0;
                statements.Add(new Statement(cell.Series, cell.Period, figure, cell.Row, cell.StatedAt));
            }
            else
            {
                // Stated as an absence as well: an earlier publication's number must not go on standing for the one that was refused.
                refused++;
                statements.Add(new Statement(cell.Series, cell.Period, Figure.Absent(AbsenceCode.Rejected), cell.Row, cell.StatedAt));
                rejections.Add(new Rejection(cell.Row, cell.Figure.Field, cell.Problem!, Cut(cell.Text)));
            }
        }

        var tally = new Tally(
            RowsRead: accepted + rejected + totals + blanks,
            RowsAccepted: accepted,
            RowsRejected: rejected,
            RowsSetAsideAsTotal: totals,
            RowsSetAsideAsBlank: blanks,
            RowsSetAsideAsNote: 0,
            CellsExpected: cells.Count + contradictions,
            Observations: cells.Count + contradictions - absences - refused,
            Absences: absences,
            CellsRejected: refused);
        return new ParsedPublication(
            statements,
            [.. rejections.OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field is not null)],
            tally,
            Reconciliation.NoTotal,
            PublishedAt: null);
    }

    private bool Repeats(TableCell cell) => First(cell) is { } first && first.SaysTheSameAs(cell) && first.StatedAt == cell.StatedAt;

    private TableCell? First(TableCell cell) => stated.TryGetValue((cell.Series, cell.Period), out var index) ? cells[index] : null;

    private void Add(TableCell cell)
    {
        if (stated.TryAdd((cell.Series, cell.Period), cells.Count))
        {
            cells.Add(cell);
            return;
        }

        var index = stated[(cell.Series, cell.Period)];
        var first = cells[index];
        if (cell.Figure.Measure == MeasureKind.Snapshot && cell.StatedAt != first.StatedAt)
        {
            cells[index] = cell.StatedAt > first.StatedAt ? cell : first;
        }
        else if (!first.SaysTheSameAs(cell))
        {
            contradictions++;
            cells[index] = first with { Problem = first.Problem ?? $"row {cell.Row} states '{cell.Text}'" };
            rejections.Add(new Rejection(cell.Row, cell.Figure.Field, $"row {first.Row} states '{first.Text}'", Cut(cell.Text)));
        }
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
