namespace MetricsHub.Sources.Tables;

/// <summary>One row of a table: the fields that the mapping names, as text without surrounding spaces.</summary>
/// <param name="Number">Counted from 1: the line that a spreadsheet shows, or the place in a JSON array.</param>
/// <param name="Values">In the order of <see cref="TableDefinition.FieldsRead"/>; empty text where nothing stands.</param>
/// <param name="Problem">Why the row cannot be read at all; null where it can.</param>
/// <param name="WholeRow">Gives the row in one line, for a rejection.</param>
internal sealed record FieldRow(int Number, string[] Values, bool IsBlank, string? Problem, Func<string> WholeRow);
