using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources;

/// <summary>Gathers what becomes of every row while a publication is read, so that nothing can disappear between two rules.</summary>
internal sealed class PublicationReading
{
    private const int LongestText = 200;

    private readonly List<OrganisationRow> accepted = [];
    private readonly Dictionary<OrganisationCode, int> firstOf = [];
    private readonly List<IReadOnlyDictionary<string, double>> totals = [];
    private readonly List<Rejection> rejections = [];
    private int rejectedRows;
    private int blanks;
    private int notes;

    /// <summary>
    /// An organisation stands once in a publication. A later row of it is rejected; where it says something else than the first one,
    /// the first one's cells are rejected as well, because nobody can say which of them is right.
    /// </summary>
    public void Accept(OrganisationRow row)
    {
        if (!firstOf.TryGetValue(row.Organisation, out var index))
        {
            firstOf[row.Organisation] = accepted.Count;
            accepted.Add(row);
            return;
        }

        var first = accepted[index];
        var repeats = row.Repeats(first);
        RejectRow(row.Number, $"{row.Organisation} stands in row {first.Number} already, with {(repeats ? "the same" : "other")} figures", row.Text);
        if (!repeats)
        {
            var reason = $"row {row.Number} states other figures for {row.Organisation}";
            accepted[index] = first with { Cells = [.. first.Cells.Select(cell => cell.Refuse(reason))] };
        }
    }

    public void RejectRow(int row, string reason, string text)
    {
        rejectedRows++;
        rejections.Add(new Rejection(row, null, reason, Cut(text)));
    }

    /// <param name="stated">The columns that the total row states a number for.</param>
    public void SetAsideTotal(IReadOnlyDictionary<string, double> stated) => totals.Add(stated);

    public void SetAsideBlank() => blanks++;

    public void SetAsideNote() => notes++;

    public ParsedPublication Complete(Period period, DateTimeOffset? publishedAt)
    {
        var statements = new List<Statement>();
        var cellsRejected = 0;
        foreach (var row in accepted)
        {
            foreach (var cell in row.Cells)
            {
                if (cell.Problem is null && cell.Figure is { } figure)
                {
                    statements.Add(new Statement(new SeriesKey(cell.Metric, row.Organisation), period, figure, row.Number));
                }
                else
                {
                    // Stated as an absence as well: an earlier release's number must not go on standing for the one that was refused.
                    statements.Add(new Statement(new SeriesKey(cell.Metric, row.Organisation), period, Figure.Absent(AbsenceCode.Rejected), row.Number));
                    cellsRejected++;
                    rejections.Add(new Rejection(row.Number, cell.Field, cell.Problem ?? "nothing could be read", Cut(cell.Text)));
                }
            }
        }

        var absences = statements.Count(statement => statement.Figure.IsAbsent) - cellsRejected;
        var tally = new Tally(
            RowsRead: accepted.Count + rejectedRows + totals.Count + blanks + notes,
            RowsAccepted: accepted.Count,
            RowsRejected: rejectedRows,
            RowsSetAsideAsTotal: totals.Count,
            RowsSetAsideAsBlank: blanks,
            RowsSetAsideAsNote: notes,
            CellsExpected: accepted.Sum(row => row.Cells.Count),
            Observations: statements.Count - absences - cellsRejected,
            Absences: absences,
            CellsRejected: cellsRejected);
        return new ParsedPublication(
            statements,
            [.. rejections.OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field is not null)],
            tally,
            Reconcile(),
            publishedAt);
    }

    private Reconciliation Reconcile()
    {
        var compared = totals.SelectMany(total => total).ToArray();
        if (compared.Length == 0)
        {
            return Reconciliation.NoTotal;
        }

        return new Reconciliation(
            compared.Length,
            [.. compared
                .Select(stated => new ReconciliationDifference(stated.Key, stated.Value, accepted.Sum(row => row.AsRead.GetValueOrDefault(stated.Key))))
                .Where(difference => difference.Difference != 0)]);
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
