using System.Text.Json;

namespace MetricsHub.Storage.Influx;

/// <summary>Rows of one series, or a part of them; good until the next one is asked for.</summary>
/// <param name="Statement">Which statement of the query they answer, from 0.</param>
internal sealed record InfluxTable(int Statement, IReadOnlyDictionary<string, string> Tags, JsonElement Rows)
{
    private static readonly Dictionary<string, string> NoTags = [];

    /// <summary>Reads one piece of an answer.</summary>
    /// <exception cref="InfluxException">It says that a statement failed: InfluxDB says so also under status 200.</exception>
    public static IEnumerable<InfluxTable> Read(JsonElement answer)
    {
        Check(answer);
        foreach (var result in answer.TryGetProperty("results", out var results) ? results.EnumerateArray() : default)
        {
            Check(result);
            foreach (var series in result.TryGetProperty("series", out var all) ? all.EnumerateArray() : default)
            {
                yield return new InfluxTable(
                    result.TryGetProperty("statement_id", out var number) ? number.GetInt32() : 0,
                    series.TryGetProperty("tags", out var tags) ? tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString()!) : NoTags,
                    series.GetProperty("values"));
            }
        }
    }

    private static void Check(JsonElement part)
    {
        if (part.TryGetProperty("error", out var error))
        {
            throw new InfluxException($"InfluxDB could not answer: {error.GetString()}");
        }
    }
}
