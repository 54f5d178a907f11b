namespace MetricsHub.Telemetry;

/// <summary>How what the hub tells of itself travels.</summary>
internal enum OtlpProtocol
{
    Grpc,
    Http,
}

/// <summary>Where traces and metrics are sent to.</summary>
internal sealed class OtlpOptions
{
    /// <summary>The collector's address, without a path; null sends nothing anywhere.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>gRPC, usually at port 4317, or protobuf over HTTP, usually at port 4318.</summary>
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Grpc;
}

/// <summary>What leaves the hub by itself. <c>/metrics</c> needs no setting.</summary>
internal sealed class TelemetryOptions
{
    public const string SectionName = "Telemetry";

    public OtlpOptions Otlp { get; init; } = new();

    /// <exception cref="StartException">A setting is none.</exception>
    public static TelemetryOptions In(IConfiguration configuration)
    {
        TelemetryOptions options;
        try
        {
            options = configuration.GetSection(SectionName).Get<TelemetryOptions>() ?? new TelemetryOptions();
        }
        catch (InvalidOperationException exception)
        {
            throw new StartException($"{SectionName}: {exception.Message} Otlp:Endpoint is an address such as http://127.0.0.1:4317, Otlp:Protocol is grpc or http.", exception);
        }

        return options.Otlp.Endpoint is not { } endpoint || (endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps))
            ? options
            : throw new StartException($"{SectionName}:Otlp:Endpoint is '{endpoint}'; it has to be an address such as http://127.0.0.1:4317.");
    }
}
