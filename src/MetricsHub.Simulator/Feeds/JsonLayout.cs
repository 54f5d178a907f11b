using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetricsHub.Simulator.Feeds;

/// <summary>
/// JSON, nested as such answers are: the rows in an array inside an envelope, and the fields of a row at the places that their pointers
/// name. A gap is <c>null</c>; other reasons for no number are texts among the numbers.
/// </summary>
/// <param name="rowsAt">Where the array stands: the names from the outside in.</param>
internal sealed class JsonLayout(RowStyle style, params string[] rowsAt) : IFeedLayout
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Extension => "json";

    public string MediaType => "application/json";

    public RowStyle Style => style;

    public byte[] Write(Feed feed, IEnumerable<FeedRow> rows)
    {
        JsonNode content = new JsonArray([.. rows.Select(row => Row(feed, row))]);
        foreach (var name in rowsAt.Reverse())
        {
            content = new JsonObject { [name] = content };
        }

        content["title"] = feed.Title;
        content["simulated"] = true;
        return JsonSerializer.SerializeToUtf8Bytes(content, Readable);
    }

    private JsonObject Row(Feed feed, FeedRow row)
    {
        var json = new JsonObject();
        if (style.Organisation is { } organisation)
        {
            Put(json, organisation, FeedText.OrganisationOf(row, style));
        }

        Put(json, style.Time, FeedText.Of(row.At, style.TimeStyle));
        foreach (var (cell, column) in row.Cells.Zip(feed.Columns))
        {
            Put(json, column.Field, Value(cell, column.Style));
        }

        return json;
    }

    private JsonNode? Value(Cell cell, NumberStyle written) => cell switch
    {
        { Number: { } number } when written != NumberStyle.Thousands => JsonValue.Create(FeedText.InUnit(number, written)),
        { Number: null, Lack: Lack.Gap } => null,
        _ => FeedText.Of(cell, written, style.Markers),
    };

    private static void Put(JsonObject row, string pointer, JsonNode? value)
    {
        var names = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names[..^1])
        {
            row = row.TryGetPropertyValue(name, out var inner) ? inner!.AsObject() : (JsonObject)(row[name] = new JsonObject());
        }

        row[names[^1]] = value;
    }
}
