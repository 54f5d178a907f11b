using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace MetricsHub.Simulation;

internal static class SimulationSetup
{
    /// <summary>Comes before the catalogue is added, whose simulated part depends on the address.</summary>
    /// <param name="starts">Whether this process may start the simulator; another one on its ledger may have.</param>
    public static IServiceCollection AddSimulation(this IServiceCollection services, ConfigurationManager configuration, bool starts)
    {
        var section = configuration.GetSection(SimulationOptions.SectionName);
        services.AddOptions<SimulationOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulationOptions>, SimulationOptionsValidator>();
        if (!section.GetValue<bool>(nameof(SimulationOptions.Start)))
        {
            return services;
        }

        if (string.IsNullOrEmpty(configuration[SimulationOptions.AddressKey]))
        {
            configuration[SimulationOptions.AddressKey] = FreeAddress();
        }

        return starts ? services.AddHostedService<SimulatorProcess>() : services;
    }

    /// <summary>A loopback port that is free now. Somebody else may take it before the simulator does; then it says so and ends.</summary>
    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }
}
