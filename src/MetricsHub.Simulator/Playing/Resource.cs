using System.Text;

namespace MetricsHub.Simulator.Playing;

/// <summary>The tables that travel inside the program: plain CSV with a header row, where a field in quotes may hold commas.</summary>
internal static class Resource
{
    /// <summary>The rows below the header, field by column name.</summary>
    /// <exception cref="InvalidOperationException">The program was built without the table, or a row has not as many fields as the header.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var header = Fields(reader.ReadLine() ?? "");
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (reader.ReadLine() is { } line)
        {
            var fields = Fields(line);
            if (fields.Count != header.Count)
            {
                throw new InvalidOperationException($"{name}, row {rows.Count + 2}: {fields.Count} fields where the header has {header.Count}.");
            }

            rows.Add(header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second));
        }

        return rows;
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var (field, quoted) = (new StringBuilder(), false);
        foreach (var letter in line)
        {
            switch (letter)
            {
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                default:
                    field.Append(letter);
                    break;
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
