using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>
/// An answer without what two hubs that were told the same must differ in: when each learnt it, how old it is by the time it is asked, and
/// the numbers that each gives by itself. Nothing else is left out.
/// </summary>
internal static partial class Normalised
{
    /// <summary>When a hub learnt or did something, by its own clock.</summary>
    private static readonly HashSet<string> Instants = ["recordedAt", "retrievedAt", "declaredAt", "asOf", "startedAt", "finishedAt"];

    /// <summary>How long ago something was when it was asked for.</summary>
    private static readonly HashSet<string> Ages = ["ageSeconds", "inputAgeSeconds"];

    /// <summary>What each hub counts by itself.</summary>
    private static readonly HashSet<string> Numbers = ["arrival", "number", "run", "cursor", "next"];

    /// <summary>The hash by which two answers are held against each other: SHA-256 of the normalised text.</summary>
    public static string Hash(string body, string mediaType) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mediaType == "text/csv" ? Csv(body) : Json(body))));

    public static string Json(string body)
    {
        var node = JsonNode.Parse(body);
        Strip(node);
        return node!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    public static string Csv(string body)
    {
        var rows = body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => Cell().Matches(row).Select(cell => cell.Value).ToArray()).ToList();
        var kept = Enumerable.Range(0, rows[0].Length).Where(column => !IsLeftOut(rows[0][column])).ToArray();
        return string.Join('\n', rows.Select(row => string.Join(',', kept.Select(column => row[column]))));
    }

    private static bool IsLeftOut(string name) => Instants.Contains(name) || Ages.Contains(name) || Numbers.Contains(name);

    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject known:
                foreach (var name in known.Select(property => property.Key).Where(IsLeftOut).ToList())
                {
                    known.Remove(name);
                }

                foreach (var property in known)
                {
                    Strip(property.Value);
                }

                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    Strip(item);
                }

                break;
        }
    }

    [GeneratedRegex("""(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)""")]
    private static partial Regex Cell();
}
