using System.Text;

namespace MetricsHub.Simulator.Feeds;

/// <summary>CSV: a header row, and a field in quotes where it holds a comma.</summary>
/// <param name="lineEnd">What this provider's program ends a line with.</param>
/// <param name="byteOrderMark">Whether it begins with the mark that some spreadsheet programs write.</param>
internal sealed class CsvLayout(RowStyle style, string lineEnd = "\n", bool byteOrderMark = false) : IFeedLayout
{
    public string Extension => "csv";

    public string MediaType => "text/csv; charset=utf-8";

    public RowStyle Style => style;

    public byte[] Write(Feed feed, IEnumerable<FeedRow> rows)
    {
        var text = new StringBuilder(byteOrderMark ? "\uFEFF" : "");
        string[] organisation = style.Organisation is { } field ? [field] : [];
        Append(text, [.. organisation, style.Time, .. feed.Columns.Select(column => column.Field)]);
        foreach (var row in rows)
        {
            Append(text,
            [
                .. style.Organisation is null ? Array.Empty<string>() : [FeedText.OrganisationOf(row, style)],
                FeedText.Of(row.At, style.TimeStyle),
                .. row.Cells.Select((cell, index) => FeedText.Of(cell, feed.Columns[index].Style, style.Markers)),
            ]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Append(StringBuilder text, IEnumerable<string> fields) =>
        text.AppendJoin(',', fields.Select(field => field.Contains(',', StringComparison.Ordinal) ? $"\"{field}\"" : field)).Append(lineEnd);
}
