using System.Text.Json;

namespace MetricsHub.Sources.Pushes;

/// <summary>Rows in JSON: an array of objects, strictly: a member that means nothing to the hub refuses its row, a doubled one the whole body.</summary>
internal static class JsonRows
{
    private const string Expected = "a JSON array of rows";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <exception cref="PublicationFormatException">It is no JSON array, is deeper than 32, or names a member twice.</exception>
    public static List<PushedRow> Read(ReadOnlyMemory<byte> bytes)
    {
        var content = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            return [.. JsonElement.Parse(content.Span, Options).EnumerateArray().Select((row, index) => RowOf(index + 1, row))];
        }
        catch (JsonException exception)
        {
            throw new PublicationFormatException(Expected, $"text that is none ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static PushedRow RowOf(int number, JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return PushedRow.Unreadable(number, new RowProblem(null, "the row is no object"), row.GetRawText);
        }

        var texts = new Dictionary<string, string>();
        foreach (var member in row.EnumerateObject())
        {
            if (ProblemOf(member) is { } problem)
            {
                return PushedRow.Unreadable(number, problem, row.GetRawText);
            }

            if (member.Value.ValueKind != JsonValueKind.Null)
            {
                texts[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            }
        }

        return new PushedRow(
            number,
            texts.GetValueOrDefault(RowFields.Metric, ""),
            texts.GetValueOrDefault(RowFields.Organisation, ""),
            new StatedTime(texts.GetValueOrDefault(RowFields.At, "")),
            texts.GetValueOrDefault(RowFields.Value),
            texts.GetValueOrDefault(RowFields.Absence),
            row.GetRawText);
    }

    private static RowProblem? ProblemOf(JsonProperty member)
    {
        if (!RowFields.All.Contains(member.Name))
        {
            return new RowProblem(RowFields.Cut(member.Name), $"not a member of a row, which are {string.Join(", ", RowFields.All)}");
        }

        var (kind, isValue) = (member.Value.ValueKind, member.Name == RowFields.Value);
        var isRight = kind == (isValue ? JsonValueKind.Number : JsonValueKind.String) || (kind == JsonValueKind.Null && (isValue || member.Name == RowFields.Absence));
        return isRight ? null : new RowProblem(member.Name, isValue ? "a number is expected, without quotes" : "text is expected");
    }
}
