namespace MetricsHub.Catalogue;

/// <summary>What statements are held to on their way in; the ranges of single metrics stand with the metrics.</summary>
internal sealed class ChecksFile
{
    public PlausibleEntry? Plausible { get; init; }

    public FutureEntry? Future { get; init; }

    public List<NotAboveEntry> NotAbove { get; init; } = [];

    public List<PartsEntry> Parts { get; init; } = [];

    public List<UnitSlipEntry> UnitSlips { get; init; } = [];
}

/// <summary>Where a rule's numbers come from.</summary>
internal abstract class RuleEntry
{
    public string? Provenance { get; init; }

    public string? Source { get; init; }
}

/// <summary>Where the metrics' plausible ranges come from.</summary>
internal sealed class PlausibleEntry : RuleEntry;

internal sealed class FutureEntry : RuleEntry
{
    public double? AllowMinutes { get; init; }
}

internal sealed class NotAboveEntry : RuleEntry
{
    public string? Part { get; init; }

    public string? Whole { get; init; }

    /// <summary>Optional: how many times the whole the part may be.</summary>
    public double Allow { get; init; } = 1;

    /// <summary>Optional: whose numbers are refused; both where nobody can say which is wrong.</summary>
    public List<string> Refuses { get; init; } = [];
}

internal sealed class PartsEntry : RuleEntry
{
    public List<string> Parts { get; init; } = [];

    public string? Total { get; init; }

    /// <summary>Optional: what rounding may add, in the metrics' unit.</summary>
    public double Tolerance { get; init; }

    /// <summary>Whether the parts make up the total, or are some of it.</summary>
    public bool? MakesUp { get; init; }

    /// <summary>Optional: whose numbers are refused; all of them where nobody can say which is wrong.</summary>
    public List<string> Refuses { get; init; } = [];
}

internal sealed class UnitSlipEntry : RuleEntry
{
    public string? LooksLike { get; init; }

    /// <summary>Every metric of these units is held to it.</summary>
    public List<string> Units { get; init; } = [];

    /// <summary>These metrics are held to it as well.</summary>
    public List<string> Metrics { get; init; } = [];

    public string? Times { get; init; }

    public double? LeastMedian { get; init; }

    public int? History { get; init; }

    public int? LeastHistory { get; init; }
}
