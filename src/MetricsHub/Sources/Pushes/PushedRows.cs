namespace MetricsHub.Sources.Pushes;

/// <summary>The rows of a push, whichever form they have.</summary>
internal static class PushedRows
{
    /// <param name="fhir">How reports in FHIR map to metrics; null where none are taken.</param>
    /// <exception cref="PublicationFormatException">The body as a whole is not what it claims to be.</exception>
    public static List<PushedRow> Read(ReadOnlyMemory<byte> bytes, FhirMapping? fhir) => PushFormats.Of(bytes.Span) switch
    {
        PushFormat.Json => JsonRows.Read(bytes),
        PushFormat.Fhir => FhirReports.Read(bytes, fhir),
        _ => CsvRows.Read(bytes),
    };
}
