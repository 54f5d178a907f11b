using MetricsHub.Access;
using MetricsHub.Api;
using MetricsHub.Collection;
using MetricsHub.Escalation;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MetricsHub.Telemetry;

/// <summary>What the hub tells of itself: metrics for whoever asks at <c>/metrics</c>; with traces for whom the configuration names.</summary>
internal static class TelemetrySetup
{
    public const string Address = "/metrics";

    private const string ServiceName = "metricshub";

    /// <summary>Sources and reasons multiply; what comes beyond this is counted together, so that nothing can grow without end.</summary>
    private const int MostSeries = 20_000;

    private static readonly string[] Meters = [CollectionMeter.Name, EvaluationMeter.Name, StandingMeter.Name];

    // The framework's own: answers, and the process. Whatever else it measures is left out, and some of it breaks the rules for names.
    private static readonly string[] FrameworkMeters = ["Microsoft.AspNetCore.Hosting", "System.Runtime"];

    private static readonly string[] FrameworkInstruments =
    [
        "http.server.request.duration", "http.server.active_requests", "dotnet.process.cpu.time", "dotnet.process.memory.working_set",
        "dotnet.gc.collections", "dotnet.gc.pause.time", "dotnet.gc.last_collection.heap.size", "dotnet.gc.heap.total_allocated", "dotnet.exceptions",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var otlp = TelemetryOptions.In(configuration).Otlp;
        services.AddUtcLogs();
        services.AddSingleton<StandingWatch>();
        services.AddSingleton<StandingMeter>();
        services.AddHostedService(provider => provider.GetRequiredService<StandingWatch>());
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: ApiSetup.Version))
            .WithMetrics(metrics => metrics
                .AddMeter([.. Meters, .. FrameworkMeters])
                .AddView(instrument => Meters.Contains(instrument.Meter.Name) ? new MetricStreamConfiguration { CardinalityLimit = MostSeries }
                    : FrameworkInstruments.Contains(instrument.Name) ? null
                    : MetricStreamConfiguration.Drop)
                .AddPrometheusExporter(options => options.ScopeInfoEnabled = false))
            .WithTracing(tracing => tracing.AddSource(CollectionMeter.Name, EvaluationMeter.Name));
        if (otlp.Endpoint is { } endpoint)
        {
            telemetry
                .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("System.Net.Http"))
                .UseOtlpExporter(otlp.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, endpoint);
        }

        return services;
    }

    public static void MapTelemetry(this WebApplication app)
    {
        // Made now: its gauges have to be there when somebody asks first.
        _ = app.Services.GetRequiredService<StandingMeter>();
        app.MapPrometheusScrapingEndpoint(Address).LetsIn(AccessRule.Overview).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }
}
