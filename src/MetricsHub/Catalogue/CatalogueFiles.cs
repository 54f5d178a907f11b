namespace MetricsHub.Catalogue;

/// <summary>The catalogue as it stands in its files: text, before any of it is believed. Field names are those of the files.</summary>
internal sealed record CatalogueFiles(
    ServiceDomainsFile ServiceDomains,
    MetricsFile Metrics,
    IndicatorsFile Indicators,
    IReadOnlyList<OrganisationRow> Organisations,
    IReadOnlyList<ParentRow> Parents,
    IReadOnlyList<ServiceRow> Services,
    IReadOnlyDictionary<string, SourceFile> Sources,
    IReadOnlyDictionary<string, FrameworkFile> Frameworks);

internal sealed class ServiceDomainsFile
{
    public List<ServiceDomainEntry> ServiceDomains { get; init; } = [];
}

internal sealed class ServiceDomainEntry
{
    public string? Key { get; init; }

    public string? Name { get; init; }
}

internal sealed class MetricsFile
{
    public List<MetricEntry> Metrics { get; init; } = [];
}

internal sealed class MetricEntry
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Unit { get; init; }

    public string? ServiceDomain { get; init; }

    public string? Source { get; init; }

    public string? Cadence { get; init; }

    public string? Measure { get; init; }

    public string? Polarity { get; init; }

    public bool? CountsPeople { get; init; }

    public List<string> ReportedBy { get; init; } = [];

    public List<BreakEntry> Breaks { get; init; } = [];
}

internal sealed class BreakEntry
{
    public string? From { get; init; }

    public string? Note { get; init; }

    public string? Source { get; init; }
}

internal sealed class IndicatorsFile
{
    public List<IndicatorEntry> Indicators { get; init; } = [];
}

internal sealed class IndicatorEntry
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ServiceDomain { get; init; }

    public string? Unit { get; init; }

    public string? Polarity { get; init; }

    /// <summary>Optional: 1000 where the quotient is for a thousand of the denominator.</summary>
    public int Per { get; init; } = 1;

    public List<FormulaEntry> Formulas { get; init; } = [];
}

internal sealed class FormulaEntry
{
    public List<string> Numerator { get; init; } = [];

    public List<string> Denominator { get; init; } = [];
}

internal sealed class SourceFile
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Publisher { get; init; }

    public string? LandingPage { get; init; }

    public string? Licence { get; init; }

    public bool? Simulated { get; init; }

    public bool? FormatProven { get; init; }

    /// <summary>Optional: what a reader of its figures has to know, that they are derived for instance.</summary>
    public string? Note { get; init; }

    public string? Parser { get; init; }

    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    public int? DueDaysAfterPeriodEnd { get; init; }

    public List<string> PersonalColumns { get; init; } = [];

    public long? MaximumBytes { get; init; }

    public List<LocationEntry> Locations { get; init; } = [];
}

internal sealed class LocationEntry
{
    public string? Folder { get; init; }

    public string? Pattern { get; init; }

    public string? LandingPage { get; init; }

    public string? LinkText { get; init; }

    /// <summary>The address of a CKAN portal's <c>package_show</c>.</summary>
    public string? Ckan { get; init; }

    public string? ResourceTitle { get; init; }

    public Dictionary<string, string> ResourceMetadata { get; init; } = [];

    public List<string> AllowedHosts { get; init; } = [];
}

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record OrganisationRow(int Row, string Code, string Name, string Kind, string ValidFrom, string ValidTo, string OnsCode, string Source);

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record ParentRow(int Row, string Child, string Parent, string ValidFrom, string ValidTo, string Basis, string Source, string Reason);

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record ServiceRow(
    int Row, string Provider, string System, string ServiceDomain, string ValidFrom, string ValidTo, string Basis, string Source, string Reason);
