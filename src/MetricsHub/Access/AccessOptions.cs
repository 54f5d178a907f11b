using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Access;

/// <summary>Who is let in.</summary>
internal enum AccessMode
{
    /// <summary>Whoever is on this machine, as <c>local</c>; the hub listens nowhere else.</summary>
    Open,

    /// <summary>Whoever shows a key, or a token where a provider of some is named, wherever they are.</summary>
    Keys,
}

internal sealed class AccessOptions
{
    public const string SectionName = "Access";

    public AccessMode Mode { get; init; } = AccessMode.Open;

    /// <summary>Whether a key may come without encryption from another machine; only where what lies between is a network of one's own.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>How many requests a minute each key has.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>How many requests a minute each address has from which nobody is recognised: fewer, for whoever tries keys.</summary>
    [Range(1, 1_000_000)]
    public int UnrecognisedPerMinute { get; init; } = 60;

    /// <summary>
    /// Addresses and networks of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; those of nobody else are.
    /// </summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>Ports of the hub that something forwards to from elsewhere: the job pages do not answer there.</summary>
    public int[] PublicPorts { get; init; } = [];

    /// <summary>The mode before there are services: it decides where the hub listens.</summary>
    /// <exception cref="StartException">Configuration names no mode.</exception>
    public static AccessMode ModeIn(IConfiguration configuration) => configuration[$"{SectionName}:{nameof(Mode)}"] switch
    {
        null or "" => AccessMode.Open,
        var text when Enum.TryParse<AccessMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) => mode,
        var text => throw new StartException($"{SectionName}:{nameof(Mode)} is '{text}'; it can be open (this machine only) or keys."),
    };
}

[OptionsValidator]
internal sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;
