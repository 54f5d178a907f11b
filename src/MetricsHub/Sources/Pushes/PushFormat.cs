namespace MetricsHub.Sources.Pushes;

/// <summary>In which form rows are pushed.</summary>
internal enum PushFormat
{
    Json,
    Csv,
    Fhir,
}

/// <summary>
/// Forms of pushes. The bytes themselves tell which it is: the media type is not archived with them, and a replay has to read them as they
/// were read at first.
/// </summary>
internal static class PushFormats
{
    public static readonly IReadOnlyDictionary<string, PushFormat> ByMediaType = new Dictionary<string, PushFormat>(StringComparer.OrdinalIgnoreCase)
    {
        ["application/json"] = PushFormat.Json,
        ["text/csv"] = PushFormat.Csv,
        ["application/fhir+json"] = PushFormat.Fhir,
    };

    public static PushFormat Of(ReadOnlySpan<byte> body)
    {
        var content = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        return content.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'[', ..] => PushFormat.Json,
            [(byte)'{', ..] => PushFormat.Fhir,
            _ => PushFormat.Csv,
        };
    }

    /// <summary>What a body of the form is, for a message.</summary>
    public static string Describe(this PushFormat format) => format switch
    {
        PushFormat.Json => "a JSON array of rows",
        PushFormat.Csv => "comma-separated text",
        PushFormat.Fhir => "a JSON object, as FHIR resources are",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a form of pushes."),
    };

    /// <summary>The number of the first row: a header row is the first of a table.</summary>
    public static int FirstRow(this PushFormat format) => format == PushFormat.Csv ? 2 : 1;

    public static string FileName(this PushFormat format) => format switch
    {
        PushFormat.Csv => "push.csv",
        PushFormat.Fhir => "push.fhir.json",
        _ => "push.json",
    };
}
