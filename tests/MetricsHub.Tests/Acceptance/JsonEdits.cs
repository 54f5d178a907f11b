using System.Text;
using System.Text.Json.Nodes;

namespace MetricsHub.Tests.Acceptance;

/// <summary>Faults of a document in JSON, whatever its shape: each of its fields, known by the names that lead to it, is spoilt in turn.</summary>
internal static class JsonEdits
{
    public static IEnumerable<FileFault> Of(byte[] bytes)
    {
        yield return new("fields the other way round", Edit(bytes, root => ForEachObject(root, "", (_, fields) => Reverse(fields))), Expect.Same);
        yield return new("a field more in every entry", Edit(bytes, root => ForEachArray(root, items =>
        {
            foreach (var fields in items.OfType<JsonObject>())
            {
                fields["quiteAnotherThing"] = 7;
            }
        })), Expect.Same);
        yield return new("an entry of every list twice", Edit(bytes, root => ForEachArray(root, items => items.Add(items[0]?.DeepClone()))), Expect.Noticed);
        foreach (var field in TableFaults.Some(FieldsOf(bytes)))
        {
            yield return new($"{field} renamed", Edit(bytes, root => ForEachField(root, field, (fields, name) =>
            {
                var value = fields[name]?.DeepClone();
                fields.Remove(name);
                fields["quiteAnotherThing"] = value;
            })), Expect.Noticed);
            yield return new($"{field} removed", Edit(bytes, root => ForEachField(root, field, (fields, name) => fields.Remove(name))), Expect.Noticed);
            if (FirstNumber(bytes, field) is not { } text || !TableFaults.IsFigure(text))
            {
                continue;
            }

            foreach (var other in TableFaults.InPlaceOf(text))
            {
                yield return new($"{field} reads '{other}'", Edit(bytes, root => EditFirst(root, field, (fields, name) => fields[name] = other)), Expect.Noticed);
            }
        }
    }

    private static byte[] Edit(byte[] bytes, Action<JsonNode> edit)
    {
        var root = JsonNode.Parse(bytes)!;
        edit(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static List<string> FieldsOf(byte[] bytes)
    {
        var found = new List<string>();
        ForEachObject(JsonNode.Parse(bytes)!, "", (path, fields) => found.AddRange(fields.Select(field => $"{path}/{field.Key}").Except(found)));
        return found;
    }

    private static string? FirstNumber(byte[] bytes, string field)
    {
        string? text = null;
        EditFirst(JsonNode.Parse(bytes)!, field, (fields, name) => text = fields[name]!.AsValue().ToString());
        return text;
    }

    /// <summary>The first field of that way that holds a value with a digit.</summary>
    private static void EditFirst(JsonNode root, string field, Action<JsonObject, string> edit)
    {
        var done = false;
        ForEachField(root, field, (fields, name) =>
        {
            if (!done && fields[name] is JsonValue value && value.ToString().Any(char.IsAsciiDigit))
            {
                done = true;
                edit(fields, name);
            }
        });
    }

    private static void ForEachField(JsonNode root, string field, Action<JsonObject, string> edit)
    {
        var name = field[(field.LastIndexOf('/') + 1)..];
        ForEachObject(root, "", (path, fields) =>
        {
            if ($"{path}/{name}" == field && fields.ContainsKey(name))
            {
                edit(fields, name);
            }
        });
    }

    /// <summary>Lists add nothing to the way: their entries are rows of one table.</summary>
    private static void ForEachObject(JsonNode? node, string path, Action<string, JsonObject> edit)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                ForEachObject(value, $"{path}/{name}", edit);
            }

            edit(path, fields);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.ToList())
            {
                ForEachObject(item, path, edit);
            }
        }
    }

    private static void ForEachArray(JsonNode? node, Action<JsonArray> edit)
    {
        foreach (var child in node switch { JsonObject fields => fields.Select(field => field.Value).ToList(), JsonArray all => [.. all], _ => [] })
        {
            ForEachArray(child, edit);
        }

        if (node is JsonArray { Count: > 0 } items)
        {
            edit(items);
        }
    }

    private static void Reverse(JsonObject fields)
    {
        var reversed = fields.Select(field => (field.Key, Value: field.Value?.DeepClone())).Reverse().ToList();
        fields.Clear();
        foreach (var (name, value) in reversed)
        {
            fields[name] = value;
        }
    }
}
