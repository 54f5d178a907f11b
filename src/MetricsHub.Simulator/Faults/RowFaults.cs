using MetricsHub.Simulator.Feeds;

namespace MetricsHub.Simulator.Faults;

/// <summary>What faults do to the rows of a feed. Which rows is a matter of their place, so that the same fault spoils the same way twice.</summary>
internal static class RowFaults
{
    public static readonly TimeSpan Withheld = TimeSpan.FromHours(2);
    public static readonly TimeSpan Restated = TimeSpan.FromHours(24);

    /// <param name="now">The simulator's own time: what is restated is the day before it.</param>
    public static IEnumerable<FeedRow> Spoil(IEnumerable<FeedRow> rows, Feed feed, IReadOnlyCollection<FaultKind> faults, DateTimeOffset now)
    {
        if (faults.Contains(FaultKind.Revised))
        {
            rows = rows.Select(row => row.At > now - Restated ? Times(row, feed, _ => 1.1) : row);
        }

        if (faults.Contains(FaultKind.WrongUnit))
        {
            var durations = feed.Columns.Any(column => IsDuration(column.Style));
            rows = rows.Select(row => Times(row, feed, column => !durations ? 100 : IsDuration(column.Style) ? 60 : 1));
        }

        if (faults.Contains(FaultKind.Duplicated))
        {
            rows = rows.Index().SelectMany(row => row.Index % 5 == 0 ? Enumerable.Repeat(row.Item, 2) : [row.Item]);
        }

        if (faults.Contains(FaultKind.OutOfOrder))
        {
            rows = rows.Index().Reverse().OrderBy(row => row.Index % 3 == 0).Select(row => row.Item);
        }

        return rows;
    }

    private static bool IsDuration(NumberStyle style) => style is NumberStyle.Minutes or NumberStyle.Hours or NumberStyle.Seconds;

    private static FeedRow Times(FeedRow row, Feed feed, Func<Column, double> factor) => row with
    {
        Cells = [.. row.Cells.Zip(feed.Columns, (cell, column) =>
            cell.Number is { } number ? new Cell(Math.Ceiling(Math.Round(number * factor(column), 6))) : cell)],
    };
}
