namespace MetricsHub.Catalogue;

/// <summary>A framework as it stands in its file.</summary>
internal sealed class FrameworkFile
{
    public string? Key { get; init; }

    public string? Version { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Optional: true for a nation's own framework, which may break the rule on service domains and says so.</summary>
    public bool National { get; init; }

    public List<string> AppliesTo { get; init; } = [];

    /// <summary>Optional: <c>shadow</c> for a candidate that is evaluated and compared, and gives no levels; <c>active</c> where it is left out.</summary>
    public string? Status { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidTo { get; init; }

    /// <summary>Optional: who is judged by this version on other days, with everything below.</summary>
    public List<AdoptionEntry> Adopted { get; init; } = [];

    public string? Grid { get; init; }

    public ScoringEntry? Scoring { get; init; }

    public List<ParameterEntry> Parameters { get; init; } = [];

    /// <summary>Optional: inputs that belong to it and have no known bands.</summary>
    public List<UnscoredEntry> Unscored { get; init; } = [];

    public List<LevelEntry> Levels { get; init; } = [];

    public MissingDataEntry? MissingData { get; init; }

    public HysteresisEntry? Hysteresis { get; init; }

    /// <summary>Optional: how its scores roll up to organisations above those it judges.</summary>
    public RollUpEntry? RollUp { get; init; }
}

internal sealed class RollUpEntry
{
    /// <summary>The kind of organisation whose own readings it begins with.</summary>
    public string? From { get; init; }

    public double? MinimumCoveragePercent { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class AdoptionEntry
{
    public string? Organisation { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidTo { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class ScoringEntry
{
    public string? Mode { get; init; }

    public string? Rounding { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class ParameterEntry
{
    public string? Indicator { get; init; }

    /// <summary>Optional: how much its points count; 1 where it is left out.</summary>
    public WeightEntry? Weight { get; init; }

    /// <summary>Optional: how old a figure may be; where it is left out only the slot's own period counts.</summary>
    public MaximumAgeEntry? MaximumAge { get; init; }

    /// <summary>Optional: for a measure that starts anew at midnight.</summary>
    public LowSampleEntry? LowSample { get; init; }

    public List<BandEntry> Bands { get; init; } = [];
}

internal sealed class WeightEntry
{
    public decimal? Value { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class MaximumAgeEntry
{
    /// <summary>An ISO 8601 duration of days, hours and minutes: <c>PT30M</c>, <c>P1DT12H</c>.</summary>
    public string? Value { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class LowSampleEntry
{
    /// <summary>A time of day, <c>06:00</c>, by the clock of Europe/London.</summary>
    public string? Before { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class UnscoredEntry
{
    public string? Name { get; init; }

    public string? Reason { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class BandEntry
{
    public string? Range { get; init; }

    public int? Points { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class LevelEntry
{
    public int? Level { get; init; }

    public string? Range { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class MissingDataEntry
{
    public int? MinimumIndicators { get; init; }

    public int? MinimumServiceDomains { get; init; }

    public double? MinimumObservablePercent { get; init; }

    public double? MinimumCoveragePercent { get; init; }

    public int? HoldSlots { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

internal sealed class HysteresisEntry
{
    public decimal? Margin { get; init; }

    public int? Slots { get; init; }

    public string? Provenance { get; init; }

    public string? Source { get; init; }
}
