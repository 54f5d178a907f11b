using System.Text;
using System.Text.Json;
using MetricsHub.Domain.Privacy;

namespace MetricsHub.Collection.Gate;

/// <summary>
/// Tells the gate the members of JSON, of one document or of one a line. A field is a path of member names, whatever the arrays on the way;
/// names are told as values too, because a map may have anything for its keys.
/// </summary>
internal static class JsonFields
{
    // Keys that are data make a field each; beyond this many, what is below an object counts as one field.
    private const int MostFields = 10_000;

    // What only says where: whose place it is, an object further out tells.
    private static readonly HashSet<string> Places = new(StringComparer.OrdinalIgnoreCase) { "address", "addresses", "geoLoc", "location", "place" };

    /// <exception cref="JsonException">It is no JSON, or nested deeper than 64.</exception>
    public static void Tell(ReadOnlySpan<byte> json, int part, PatientDataGate gate)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        var fields = new Dictionary<(int Parent, string Name), int>();
        var parents = new Stack<Member>();
        var current = new Member(0, "", "");
        while (gate.Finding is null && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    parents.Push(current);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    current = parents.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    current = Enter(parents.Peek(), reader.GetString()!, part, fields, gate);
                    break;
                case JsonTokenType.String:
                    TellText(current, reader.GetString()!, part, gate);
                    break;
                case JsonTokenType.Number:
                    TellNumber(current, reader.ValueSpan, part, gate);
                    break;
            }
        }
    }

    private static Member Enter(Member parent, string name, int part, Dictionary<(int, string), int> fields, PatientDataGate gate)
    {
        if (!fields.TryGetValue((parent.Field, name), out var field))
        {
            field = fields.Count < MostFields ? fields.Count + 1 : parent.Field;
            if (fields.Count < MostFields)
            {
                fields.Add((parent.Field, name), field);
            }

            gate.Name(new FieldPlace(part, field), parent.Path.Length > 0 ? $"{parent.Path}.{name}" : name);
            gate.Value(new FieldPlace(part, parent.Field), name);
        }

        return new Member(field, name, Places.Contains(name) && parent.Path.Length > 0 ? $"{parent.Path}.{name}" : name);
    }

    private static void TellText(Member member, string text, int part, PatientDataGate gate)
    {
        var place = new FieldPlace(part, member.Field);
        if (member.Name == "resourceType")
        {
            gate.Resource(place, text);
        }
        else if (member.Name == "reference" && (text.StartsWith("Patient/", StringComparison.Ordinal) || text.Contains("/Patient/", StringComparison.Ordinal)))
        {
            gate.Resource(place, "Patient");
        }

        gate.Value(place, text);
    }

    private static void TellNumber(Member member, ReadOnlySpan<byte> digits, int part, PatientDataGate gate)
    {
        if (digits.Length is >= NhsNumber.Length and <= 32)
        {
            Span<char> text = stackalloc char[digits.Length];
            Encoding.ASCII.GetChars(digits, text);
            gate.Value(new FieldPlace(part, member.Field), text);
        }
    }

    /// <param name="Field">Its number, in the order in which fields first appear; 0 for the document itself.</param>
    /// <param name="Path">Its name, after those that it says the place of.</param>
    private readonly record struct Member(int Field, string Name, string Path);
}
