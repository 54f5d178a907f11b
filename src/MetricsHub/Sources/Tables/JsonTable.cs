using System.Text.Json;

namespace MetricsHub.Sources.Tables;

/// <summary>A table in JSON: an array of rows somewhere in the document, and in each row fields by name or by pointer.</summary>
internal static class JsonTable
{
    /// <exception cref="PublicationFormatException">It is no JSON, the pointer leads to no array, or a field stands in none of its rows.</exception>
    public static IEnumerable<FieldRow> Read(ReadOnlyMemory<byte> bytes, TableDefinition definition)
    {
        var array = JsonPointer.Parse(definition.Rows).Find(JsonText.Read(bytes.Span, "JSON"));
        if (array is not { ValueKind: JsonValueKind.Array } rows)
        {
            throw new PublicationFormatException(
                $"an array of rows at '{definition.Rows}'", array is null ? "nothing there" : $"what is no array ({array.Value.ValueKind})");
        }

        var fields = definition.FieldsRead();
        var pointers = Array.ConvertAll(fields, JsonPointer.OfField);
        var found = new bool[pointers.Length];
        var read = rows.EnumerateArray().Select((row, index) => RowOf(row, index + 1, pointers, found)).ToList();
        if (read.Count > 0 && Array.IndexOf(found, false) is var missing and >= 0)
        {
            throw new PublicationFormatException($"the field '{fields[missing]}'", "it in none of the rows");
        }

        return read;
    }

    private static FieldRow RowOf(JsonElement row, int number, JsonPointer[] pointers, bool[] found)
    {
        var values = new string[pointers.Length];
        for (var index = 0; index < pointers.Length; index++)
        {
            var value = pointers[index].Find(row);
            found[index] |= value is not null;
            values[index] = TextOf(value).Trim();
        }

        var problem = row.ValueKind == JsonValueKind.Object ? null : $"row {number} is no object";
        return new FieldRow(number, values, IsBlank: false, problem, row.GetRawText);
    }

    private static string TextOf(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };
}
