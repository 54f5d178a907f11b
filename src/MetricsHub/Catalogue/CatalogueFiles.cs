namespace MetricsHub.Catalogue;

/// <summary>The catalogue as it stands in its files: text, before any of it is believed. Field names are those of the files.</summary>
/// <param name="Organisations">The simulated ones among them only where the simulator plays.</param>
/// <param name="SimulatedOrganisations">The simulated ones, whether it plays or not.</param>
internal sealed record CatalogueFiles(
    ServiceDomainsFile ServiceDomains,
    MetricsFile Metrics,
    IndicatorsFile Indicators,
    IReadOnlyList<OrganisationRow> Organisations,
    IReadOnlyList<OrganisationRow> SimulatedOrganisations,
    IReadOnlyList<ParentRow> Parents,
    IReadOnlyList<ServiceRow> Services,
    IReadOnlyDictionary<string, SourceFile> Sources,
    IReadOnlyDictionary<string, FrameworkFile> Frameworks,
    ChecksFile Checks,
    CalendarsFile Calendars,
    IReadOnlyList<OpeningRow> OpeningHours,
    IReadOnlyList<BankHolidayRow> BankHolidays,
    IReadOnlyList<SuccessionRow> Successions,
    IReadOnlyList<RollUpWeightRow> RollUpWeights,
    LevelHealthFile LevelHealth,
    HeadroomFile Headroom);

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

    /// <summary>Optional: the range of numbers that can be believed, <c>[0, 5000]</c>.</summary>
    public string? Plausible { get; init; }

    /// <summary>Optional: whether a figure counts whole things.</summary>
    public bool Whole { get; init; }
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

    /// <summary>Where the parser is <c>table</c>: how the columns map to metrics.</summary>
    public TableEntry? Table { get; init; }

    /// <summary>Optional: whether figures may be pushed to it; then it needs no location.</summary>
    public bool Push { get; init; }

    /// <summary>Where the parser is <c>pushed</c>: the metrics that it states.</summary>
    public List<string> Metrics { get; init; } = [];

    /// <summary>Optional, where the parser is <c>pushed</c>: how reports in FHIR map to metrics.</summary>
    public FhirEntry? Fhir { get; init; }

    /// <summary>The services whose capacity status is asked for, where the parser is <c>dos-capacity-status</c>.</summary>
    public List<CapacityServiceEntry> Services { get; init; } = [];

    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>Optional: whether it states reference facts instead of figures; nothing of it falls due then.</summary>
    public bool Reference { get; init; }

    /// <summary>This or <see cref="DueMinutesAfterPeriodEnd"/>, unless it states reference facts.</summary>
    public int? DueDaysAfterPeriodEnd { get; init; }

    /// <summary>In place of <see cref="DueDaysAfterPeriodEnd"/> where figures are due within the day.</summary>
    public int? DueMinutesAfterPeriodEnd { get; init; }

    /// <summary>Optional: the calendar of the periods that it states figures for.</summary>
    public string? Calendar { get; init; }

    public List<string> PersonalColumns { get; init; } = [];

    public long? MaximumBytes { get; init; }

    public List<LocationEntry> Locations { get; init; } = [];

    /// <summary>Optional: what becomes of rows of an organisation that the catalogue does not know.</summary>
    public string UnknownOrganisations { get; init; } = CatalogueWords.Keep;
}

internal sealed class CapacityServiceEntry
{
    public string? Id { get; init; }

    public string? Organisation { get; init; }

    public string? Metric { get; init; }
}

internal sealed class FhirEntry
{
    /// <summary>Optional: the canonical addresses of the measures whose reports are taken.</summary>
    public List<string> Measures { get; init; } = [];

    /// <summary>The code of a population, or <c>group/population</c>, and its metric.</summary>
    public Dictionary<string, string> Populations { get; init; } = [];
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

    /// <summary>The address of a feed: one file over HTTP that is always the newest.</summary>
    public string? Feed { get; init; }

    /// <summary>Optional: whether a feed is a publisher's, which is read only where <c>Collection:ReadLandingPages</c> is true.</summary>
    public bool OfPublisher { get; init; }

    /// <summary>The address of the Directory of Services' services, below which each has its capacity status.</summary>
    public string? Dos { get; init; }

    /// <summary>Optional: the header in which the token goes to a feed or to the Directory of Services.</summary>
    public string? TokenHeader { get; init; }

    /// <summary>With <see cref="TokenHeader"/>: the name of the token, whose value stands in <c>Collection:Tokens</c> and never here.</summary>
    public string? Token { get; init; }

    /// <summary>Optional: the query parameter by which a feed is asked for what is newer only.</summary>
    public string? Since { get; init; }

    /// <summary>The address of an organisation directory's list (ODS ORD), its query included.</summary>
    public string? Ord { get; init; }

    public List<string> AllowedHosts { get; init; } = [];

    /// <summary>Optional: whether addresses of this machine and of its network may be reached.</summary>
    public bool PrivateNetwork { get; init; }
}

/// <param name="File">The file, relative to the catalogue folder.</param>
/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record OrganisationRow(string File, int Row, string Code, string Name, string Kind, string ValidFrom, string ValidTo, string OnsCode, string Source);

/// <param name="File">The file, relative to the catalogue folder.</param>
/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record ParentRow(string File, int Row, string Child, string Parent, string ValidFrom, string ValidTo, string Basis, string Source, string Reason);

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record ServiceRow(
    int Row, string Provider, string System, string ServiceDomain, string ValidFrom, string ValidTo, string Basis, string Source, string Reason);
