using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Sources.Blocks;

/// <summary>What tells one column of a block workbook from the next; together with the date it has to be unique in a sheet.</summary>
internal enum BlockLabel
{
    /// <summary>Its name in the header row; the names repeat under every date.</summary>
    Header,

    /// <summary>The text above it, a metric code, which holds until the next one; the header row names identifying columns only.</summary>
    Title,

    /// <summary>The title of its block and its name in the header row, because the names repeat under every title.</summary>
    TitleAndHeader,
}

/// <summary>Which period a column under a date, or a row about a quarter, speaks of.</summary>
internal enum BlockPeriod
{
    /// <summary>The day of the date: a reading taken in it, or a flow that the publisher dates by the day on which it happened.</summary>
    Day,

    /// <summary>The whole day before the date: what a report of the date counts from midnight to midnight.</summary>
    DayBefore,

    /// <summary>The quarter that the row names.</summary>
    Quarter,
}

/// <summary>A column that becomes a metric.</summary>
/// <param name="Label">Its title, its name, or both joined by a blank; compared by <see cref="ColumnName"/>.</param>
/// <param name="Metric">Null where the column is known and not read.</param>
/// <param name="PartOf">The metric of the same row and period that this one cannot exceed.</param>
internal sealed record BlockColumn(string Label, MetricKey? Metric, BlockPeriod Period = BlockPeriod.Day, MetricKey? PartOf = null)
{
    public static BlockColumn Of(string label, string metric, BlockPeriod period = BlockPeriod.Day, string? partOf = null) =>
        new(label, new MetricKey(metric), period, partOf is null ? null : new MetricKey(partOf));

    public static BlockColumn NotRead(string label) => new(label, Metric: null);
}

/// <summary>A sheet by its name; case, punctuation and spaces, trailing ones too, do not matter.</summary>
/// <param name="Columns">Empty where the sheet is known and not read.</param>
internal sealed record BlockSheet(string Name, IReadOnlyList<BlockColumn> Columns);

/// <summary>How a kind of workbook is laid out, so that one reader serves them all.</summary>
/// <param name="Expected">What the file should be, for messages.</param>
/// <param name="Titles">The texts by which the row of titles or metric codes is found; empty where there is none.</param>
/// <param name="CodeHeaders">The names that the column of organisation codes has had.</param>
/// <param name="NameHeaders">The names that the column of organisation names has had.</param>
/// <param name="OtherHeaders">Further identifying columns; not read, save the year and the period's end of a quarter.</param>
/// <param name="HasFractions">Whether figures are averages and may have a fraction.</param>
/// <param name="Markers">What stands in a cell without a number, and what it means here; what is not named reads as in <see cref="CountText"/>.</param>
internal sealed record BlockWorkbookKind(
    string Expected,
    IReadOnlyList<BlockSheet> Sheets,
    BlockLabel Label,
    IReadOnlyList<string> Titles,
    IReadOnlyList<string> CodeHeaders,
    IReadOnlyList<string> NameHeaders,
    IReadOnlyList<string> OtherHeaders,
    bool HasFractions,
    IReadOnlyDictionary<string, AbsenceCode> Markers)
{
    /// <summary>Whether periods stand above the columns and not in the rows.</summary>
    public bool IsDatedByColumn => Sheets.SelectMany(sheet => sheet.Columns).All(column => column.Period != BlockPeriod.Quarter);
}
