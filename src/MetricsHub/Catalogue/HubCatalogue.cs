using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Headroom;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Sources.Dos;
using MetricsHub.Sources.Pushes;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Catalogue;

/// <summary>What to collect and how to judge it, as read from the catalogue folder at start; checked as a whole, never changed.</summary>
internal sealed record HubCatalogue(
    IReadOnlyList<ServiceDomain> ServiceDomains,
    IReadOnlyDictionary<MetricKey, Metric> Metrics,
    IReadOnlyDictionary<string, Indicator> Indicators,
    OrganisationTree Organisations,
    IReadOnlySet<OrganisationCode> SimulatedOrganisations,
    SharedServices SharedServices,
    IReadOnlyDictionary<SourceKey, SourceDefinition> Sources,
    IReadOnlyList<Framework> Frameworks,
    CheckRules Checks,
    Expectations Expectations,
    BankHolidays BankHolidays,
    ReferenceState Reference,
    LevelHealthRules LevelHealth,
    IReadOnlyList<HeadroomRule> Headroom)
{
    /// <summary>How much organisations count in those above them where a framework's scores roll up.</summary>
    public IReadOnlyList<RollUpWeight> RollUpWeights { get; init; } = [];

    private readonly ILookup<MetricKey, SourceDefinition> sourcesOf = Sources.Values
        .OrderBy(source => source.Key.ToString(), StringComparer.Ordinal)
        .SelectMany(source => MetricsOf(source, Metrics).Select(metric => (metric, source)))
        .ToLookup(pair => pair.metric.Key, pair => pair.source);

    /// <summary>The metrics that a framework's parameters are made of.</summary>
    public IReadOnlySet<MetricKey> MetricsOf(Framework framework) =>
        framework.Parameters
            .SelectMany(parameter => Indicators[parameter.Indicator].Formulas)
            .SelectMany(formula => formula.Metrics)
            .ToHashSet();

    /// <summary>What decides a level under one of the frameworks; made anew on every call.</summary>
    public FrameworkRules RulesOf(Framework framework) => FrameworkRules.Of(framework, Indicators, Metrics);

    /// <summary>What a source states: the metrics that name it, those that its table maps, and those that are pushed to it.</summary>
    public IEnumerable<Metric> MetricsOf(SourceKey source) => MetricsOf(Sources[source], Metrics);

    /// <summary>Who states a metric, by key: one publisher, each provider's feed, or nobody, where it is pushed.</summary>
    public IEnumerable<SourceDefinition> SourcesOf(MetricKey metric) => sourcesOf[metric];

    /// <summary>
    /// Whether an organisation is made up. Known of every bundled one, whether the simulator plays or not: figures that were stored while
    /// it did never read as real.
    /// </summary>
    public bool IsSimulated(OrganisationCode organisation) => SimulatedOrganisations.Contains(organisation);

    internal static IEnumerable<Metric> MetricsOf(SourceDefinition source, IReadOnlyDictionary<MetricKey, Metric> metrics) =>
        metrics.Values
            .Where(metric => metric.Source == source.Key.ToString())
            .Concat((source.Table?.Figures ?? []).Select(figure => metrics[figure.Metric]))
            .Concat((source.Pushed?.Figures.Keys ?? []).Select(key => metrics[key]))
            .Concat(source.CapacityServices.Select(service => metrics[service.Metric]))
            .DistinctBy(metric => metric.Key);
}

/// <summary>What the catalogue was built with besides its files.</summary>
/// <param name="NewestArrivals">The newest publication of each source of reference facts that was taken up, by its arrival number.</param>
/// <param name="Conflicts">Where what was collected says something else than the files, which win.</param>
internal sealed record ReferenceState(IReadOnlyDictionary<SourceKey, long> NewestArrivals, IReadOnlyList<ReferenceConflict> Conflicts);

/// <summary>A place read from.</summary>
/// <param name="Simulated">Whether its figures are made up.</param>
/// <param name="Parser">The key of the parser that reads its publications.</param>
/// <param name="Table">How the table maps to metrics where the parser is <c>table</c>; else null.</param>
/// <param name="FormatProven">Whether a file of the publisher has been read; false while the layout is known from documentation only.</param>
/// <param name="Note">What a reader of its figures has to know; null where there is nothing.</param>
/// <param name="Schedule">A cron expression of five fields, on the clock of <paramref name="TimeZone"/>.</param>
/// <param name="Timetable">For which periods it states figures, and when they are due; null where it states reference facts.</param>
/// <param name="PersonalColumns">Columns that hold personal data: emptied before a publication is archived.</param>
/// <param name="MaximumBytes">The size of a publication above which it is refused.</param>
/// <param name="RefusesUnknownOrganisations">
/// Whether rows of an organisation that the catalogue does not know are refused. National files list new codes before the catalogue
/// knows them: theirs are kept, and shown as uncatalogued.
/// </param>
/// <param name="Pushed">What it states where the parser is <c>pushed</c>; else null.</param>
/// <param name="TakesPushes">Whether figures may be pushed to it.</param>
/// <param name="CapacityServices">The services whose capacity status is asked for where the parser is <c>dos-capacity-status</c>; else none.</param>
internal sealed record SourceDefinition(
    SourceKey Key,
    string Name,
    string Publisher,
    Uri LandingPage,
    string Licence,
    bool Simulated,
    bool FormatProven,
    string? Note,
    string Parser,
    TableDefinition? Table,
    string Schedule,
    TimeZoneInfo TimeZone,
    Timetable? Timetable,
    IReadOnlyList<string> PersonalColumns,
    long MaximumBytes,
    IReadOnlyList<LocationDefinition> Locations,
    bool RefusesUnknownOrganisations,
    PushedDefinition? Pushed,
    bool TakesPushes,
    IReadOnlyList<DosService> CapacityServices);

/// <summary>Where a source's publications are found: in a folder, behind the links of a landing page, in a CKAN portal's data set, in a directory of organisations, or at a feed's address.</summary>
internal abstract record LocationDefinition;

/// <param name="Folder">A path in which <c>{samples}</c> and <c>{data}</c> stand for the hub's own folders.</param>
/// <param name="Pattern">Which file names count, with <c>*</c> and <c>?</c>.</param>
internal sealed record FolderDefinition(string Folder, string Pattern) : LocationDefinition;

/// <param name="LinkText">A regular expression that the text of a link must match.</param>
/// <param name="AllowedHosts">The only hosts from which anything is read, redirects included.</param>
/// <param name="PrivateNetwork">Whether addresses of this machine and of its network may be reached.</param>
internal sealed record LandingPageDefinition(Uri Page, string LinkText, IReadOnlyList<string> AllowedHosts, bool PrivateNetwork) : LocationDefinition;

/// <param name="Package">The address of the portal's <c>package_show</c> answer for the data set.</param>
/// <param name="ResourceTitle">A regular expression that the title of a resource must match.</param>
/// <param name="ResourceMetadata">Fields of a resource and what they must be.</param>
/// <param name="AllowedHosts">The only hosts from which anything is read, redirects included.</param>
/// <param name="PrivateNetwork">Whether addresses of this machine and of its network may be reached.</param>
internal sealed record CkanDefinition(
    Uri Package,
    string ResourceTitle,
    IReadOnlyDictionary<string, string> ResourceMetadata,
    IReadOnlyList<string> AllowedHosts,
    bool PrivateNetwork) : LocationDefinition;

/// <param name="Address">Where the newest file always is.</param>
/// <param name="Since">The query parameter by which the feed is asked for what is newer than what the hub has; null where it has none.</param>
/// <param name="AllowedHosts">The only hosts beside the feed's own from which anything is read, redirects included.</param>
/// <param name="PrivateNetwork">Whether it may lie in a private network.</param>
/// <param name="OfPublisher">Whether it is a publisher's, and read only where landing pages are.</param>
/// <param name="Token">What it wants to see of who asks; null where it answers everybody.</param>
internal sealed record FeedDefinition(
    Uri Address, string? Since, IReadOnlyList<string> AllowedHosts, bool PrivateNetwork, bool OfPublisher, TokenDefinition? Token) : LocationDefinition;

/// <param name="Services">The address below which every service has its capacity status; ends with a slash.</param>
/// <param name="PrivateNetwork">Whether it may lie in a private network.</param>
/// <param name="Token">What it wants to see of who asks; null where it answers everybody.</param>
internal sealed record DosDefinition(Uri Services, bool PrivateNetwork, TokenDefinition? Token) : LocationDefinition;

/// <param name="Header">The header in which the token goes.</param>
/// <param name="Name">The name under which its value stands in the configuration.</param>
internal sealed record TokenDefinition(string Header, string Name);

/// <param name="List">The address of the directory's list, with its query less paging.</param>
/// <param name="AllowedHosts">The only hosts from which anything is read, redirects included.</param>
/// <param name="PrivateNetwork">Whether addresses of this machine and of its network may be reached.</param>
internal sealed record OrdDefinition(Uri List, IReadOnlyList<string> AllowedHosts, bool PrivateNetwork) : LocationDefinition;
