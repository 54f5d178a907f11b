using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Simulation;

/// <summary>
/// Whether made-up figures are collected beside the real ones. Everything that comes from the simulator speaks of organisations that
/// exist nowhere, and is marked as simulated wherever it is shown.
/// </summary>
internal sealed class SimulationOptions
{
    public const string SectionName = "Simulator";

    /// <summary>The key of <see cref="Address"/>: the simulated part of the catalogue is loaded only where it is set.</summary>
    public const string AddressKey = SectionName + ":" + nameof(Address);

    /// <summary>Whether the hub starts a simulator of its own. Off for production.</summary>
    public bool Start { get; init; }

    /// <summary>Where the simulator answers; chosen by the hub where it starts one and none is given.</summary>
    [RegularExpression("^(https?://.+)?$", ErrorMessage = "Simulator:Address is not an http or https address.")]
    public string Address { get; init; } = "";
}

[OptionsValidator]
internal sealed partial class SimulationOptionsValidator : IValidateOptions<SimulationOptions>;
