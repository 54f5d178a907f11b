using Microsoft.Extensions.Logging.Console;

namespace MetricsHub.Telemetry;

internal static class LogSetup
{
    /// <summary>
    /// Lines of JSON (<c>Logging:Console:FormatterName=json</c>) are for machines: each says when, in UTC, and what it belongs to. Whatever the
    /// configuration says otherwise of that, they stay comparable from one hub to the next.
    /// </summary>
    public static IServiceCollection AddUtcLogs(this IServiceCollection services) => services
        .PostConfigure<JsonConsoleFormatterOptions>(options =>
        {
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            options.UseUtcTimestamp = true;
            options.IncludeScopes = true;
        })
        .PostConfigure<SimpleConsoleFormatterOptions>(options => options.UseUtcTimestamp = true);
}
