namespace MetricsHub.Sources.Pushes;

/// <summary>One row of a push as it was sent: text, before any of it is believed.</summary>
/// <param name="Number">The line of a table, the header row being 1; else the place in the document, counted from 1.</param>
/// <param name="Value">The number; null where none is stated.</param>
/// <param name="Absence">The word for there being none; null where none is stated.</param>
/// <param name="WholeRow">Gives the row in one line, for a rejection.</param>
internal sealed record PushedRow(
    int Number, string Metric, string Organisation, PushedTime Time, string? Value, string? Absence, Func<string> WholeRow)
{
    /// <summary>Why nothing can be read of the row; null where it can.</summary>
    public RowProblem? Problem { get; init; }

    public static PushedRow Unreadable(int number, RowProblem problem, Func<string> wholeRow) =>
        new(number, "", "", new StatedTime(""), null, null, wholeRow) { Problem = problem };
}

/// <param name="Field">The member or column at fault; null for the row as a whole.</param>
internal sealed record RowProblem(string? Field, string Reason);
