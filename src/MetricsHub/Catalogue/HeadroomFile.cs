namespace MetricsHub.Catalogue;

/// <summary>Which figures say where there is capacity.</summary>
internal sealed class HeadroomFile
{
    public List<HeadroomEntry> Headroom { get; init; } = [];
}

internal sealed class HeadroomEntry : RuleEntry
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? ServiceDomain { get; init; }

    /// <summary>The metric of how much there is; optional where <see cref="Free"/> is given.</summary>
    public string? Capacity { get; init; }

    /// <summary>The metric of what is used; this or <see cref="Free"/>.</summary>
    public string? Used { get; init; }

    /// <summary>The metric of what is free.</summary>
    public string? Free { get; init; }

    /// <summary>How long before the instant the figures' period may have ended: an ISO 8601 duration.</summary>
    public string? MaximumAge { get; init; }
}
