using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources;

/// <summary>
/// Gathers what becomes of every row of a publication that has many rows to one figure, or many periods: the other half of
/// <see cref="PublicationReading"/>. A cell is a figure that the publication owes: whoever adds rows up says how many those are, and
/// then states or refuses each.
/// </summary>
internal sealed class SummedReading
{
    private const int LongestText = 200;

    private readonly List<Statement> statements = [];
    private readonly List<Rejection> rejections = [];
    private int accepted;
    private int rejected;
    private int totals;
    private int blanks;
    private int notes;
    private int owed;
    private int absences;
    private int refusedCells;

    /// <summary>How many rows say something, whether they were accepted or not.</summary>
    public int RowsWithFigures => accepted + rejected;

    public void AcceptRow() => accepted++;

    public void RejectRow(int row, string reason, string text)
    {
        rejected++;
        rejections.Add(new Rejection(row, null, reason, Cut(text)));
    }

    public void SetAsideTotal() => totals++;

    public void SetAsideBlank() => blanks++;

    public void SetAsideNote() => notes++;

    /// <summary>Says how many figures follow, each of them stated or refused.</summary>
    public void Owe(int figures) => owed += figures;

    public void State(MetricKey metric, OrganisationCode organisation, Period period, Figure figure, int row)
    {
        absences += figure.IsAbsent ? 1 : 0;
        statements.Add(new Statement(new SeriesKey(metric, organisation), period, figure, row));
    }

    public void State(ReportedCell cell, OrganisationCode organisation, Period period, int row)
    {
        if (cell.Problem is null && cell.Figure is { } figure)
        {
            State(cell.Metric, organisation, period, figure, row);
        }
        else
        {
            // Stated as an absence as well: an earlier release's number must not go on standing for the one that was refused.
            refusedCells++;
            statements.Add(new Statement(new SeriesKey(cell.Metric, organisation), period, Figure.Absent(AbsenceCode.Rejected), row));
            rejections.Add(new Rejection(row, cell.Field, cell.Problem ?? "nothing could be read", Cut(cell.Text)));
        }
    }

    /// <summary>
    /// For a publication that holds many periods back from its own, bears no date and overlaps the one before: the end of the last
    /// period that it states stands for its date, so that of two the one that reaches further is the later.
    /// </summary>
    public ParsedPublication CompleteRolling() => Complete(statements.Count == 0 ? null : statements.Max(statement => statement.Period.End));

    public ParsedPublication Complete(DateTimeOffset? publishedAt = null)
    {
        var tally = new Tally(
            RowsRead: accepted + rejected + totals + blanks + notes,
            RowsAccepted: accepted,
            RowsRejected: rejected,
            RowsSetAsideAsTotal: totals,
            RowsSetAsideAsBlank: blanks,
            RowsSetAsideAsNote: notes,
            CellsExpected: owed,
            Observations: statements.Count - absences - refusedCells,
            Absences: absences,
            CellsRejected: refusedCells);
        return new ParsedPublication(
            statements,
            [.. rejections.OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field is not null)],
            tally,
            Reconciliation.NoTotal,
            publishedAt);
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
