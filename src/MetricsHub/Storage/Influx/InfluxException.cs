namespace MetricsHub.Storage.Influx;

/// <summary>InfluxDB refused for good: the same request again would be refused again.</summary>
internal class InfluxException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>InfluxDB gave no answer, or said that it cannot now; asked again later it may.</summary>
internal sealed class InfluxAwayException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>Some lines of a write were refused; whether the others were written differs between versions.</summary>
/// <param name="refused">The first of them, each by its place in what was written (from 0) and with InfluxDB's reason.</param>
internal sealed class InfluxLinesException(IReadOnlyList<(int Index, string Reason)> refused)
    : InfluxException($"InfluxDB refused {refused.Count} line(s), the first because: {refused[0].Reason}")
{
    public IReadOnlyList<(int Index, string Reason)> Refused { get; } = refused;
}
