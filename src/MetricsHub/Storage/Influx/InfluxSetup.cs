using Microsoft.Extensions.Options;

namespace MetricsHub.Storage.Influx;

internal static class InfluxSetup
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Observations in InfluxDB.</summary>
    public static IServiceCollection AddInfluxObservations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InfluxOptions>().Bind(configuration.GetSection(InfluxOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InfluxOptions>, InfluxOptionsValidator>();
        services.AddSingleton(provider => InfluxAccess.Of(provider.GetRequiredService<IOptions<InfluxOptions>>().Value));
        services.AddSingleton(MakeClient);
        services.AddSingleton<InfluxServer>();
        services.AddSingleton<InfluxObservationStore>();
        services.AddSingleton<IObservationStore>(provider => provider.GetRequiredService<InfluxObservationStore>());
        services.AddSingleton<IStoreWatch>(provider => provider.GetRequiredService<InfluxObservationStore>());
        services.AddHostedService<StoreFollower>();
        return services;
    }

    // The time-outs are the client's own: one for each try, and one for each piece of a long answer.
    private static InfluxClient MakeClient(IServiceProvider provider)
    {
        var access = provider.GetRequiredService<InfluxAccess>();
        var time = provider.GetRequiredService<TimeProvider>();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new InfluxClient(
            new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan },
            access,
            new InfluxAvailability($"InfluxDB ({access})", time, provider.GetRequiredService<ILogger<InfluxAvailability>>()),
            time);
    }
}
