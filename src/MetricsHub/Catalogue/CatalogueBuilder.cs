using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;

namespace MetricsHub.Catalogue;

/// <summary>Turns checked files into the catalogue. Everything it relies on has been checked before; it reports nothing.</summary>
internal static class CatalogueBuilder
{
    public static HubCatalogue Build(CatalogueFiles files, Uri? simulator) => new(
        [.. files.ServiceDomains.ServiceDomains.Select(domain => new ServiceDomain(domain.Key!, domain.Name!))],
        files.Metrics.Metrics.Select(ToMetric).ToDictionary(metric => metric.Key),
        files.Indicators.Indicators.Select(ToIndicator).ToDictionary(indicator => indicator.Key),
        new OrganisationTree([.. files.Organisations.Select(ToOrganisation)], [.. files.Parents.Select(ToRelation)]),
        files.SimulatedOrganisations.Select(row => new OrganisationCode(row.Code)).ToHashSet(),
        new SharedServices([.. files.Services.Select(ToService)]),
        files.Sources.Values.Select(source => ToSource(source, files, simulator)).ToDictionary(source => source.Key),
        [.. files.Frameworks.Values.Select(ToFramework)]);

    private static Metric ToMetric(MetricEntry metric) => new(
        new MetricKey(metric.Key!),
        metric.Name!,
        metric.Description!,
        metric.Unit!,
        metric.ServiceDomain!,
        metric.Source,
        CatalogueWords.Cadences[metric.Cadence!],
        CatalogueWords.Measures[metric.Measure!],
        CatalogueWords.Polarities[metric.Polarity!],
        metric.CountsPeople!.Value,
        [.. metric.ReportedBy.Select(kind => CatalogueWords.OrganisationKinds[kind])],
        [.. metric.Breaks.Select(entry => new SeriesBreak(ToDate(entry.From!), entry.Note!, entry.Source!))]);

    private static Indicator ToIndicator(IndicatorEntry indicator) => new(
        indicator.Key!,
        indicator.Name!,
        indicator.Description!,
        indicator.ServiceDomain!,
        indicator.Unit!,
        CatalogueWords.Polarities[indicator.Polarity!],
        [.. indicator.Formulas.Select(formula => new IndicatorFormula([.. formula.Numerator.Select(ToTerm)], [.. formula.Denominator.Select(ToTerm)]))],
        indicator.Per);

    private static IndicatorTerm ToTerm(string term) => new(new MetricKey(IndicatorTerms.MetricOf(term)), IndicatorTerms.IsSubtracted(term));

    private static Organisation ToOrganisation(OrganisationRow row) => new(
        new OrganisationCode(row.Code),
        row.Name,
        CatalogueWords.OrganisationKinds[row.Kind],
        CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo),
        row.OnsCode.Length > 0 ? row.OnsCode : null,
        row.Source,
        CatalogueReader.IsSimulated(row.File));

    private static ParentRelation ToRelation(ParentRow row) => new(
        new OrganisationCode(row.Child),
        new OrganisationCode(row.Parent),
        CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo),
        CatalogueWords.Bases[row.Basis],
        row.Source,
        row.Reason.Length > 0 ? row.Reason : null);

    private static ServiceRelation ToService(ServiceRow row) => new(
        new OrganisationCode(row.Provider),
        new OrganisationCode(row.System),
        row.ServiceDomain,
        CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo),
        CatalogueWords.Bases[row.Basis],
        row.Source,
        row.Reason.Length > 0 ? row.Reason : null);

    private static SourceDefinition ToSource(SourceFile source, CatalogueFiles files, Uri? simulator) => new(
        new SourceKey(source.Key!),
        source.Name!,
        source.Publisher!,
        new Uri(source.LandingPage!),
        source.Licence!,
        source.Simulated!.Value,
        source.FormatProven!.Value,
        source.Note,
        source.Parser!,
        source.Table is { } table ? TableBuilder.Build(table, files.Metrics) : null,
        source.Schedule!,
        TimeZoneInfo.FindSystemTimeZoneById(source.TimeZone!),
        source.DueDaysAfterPeriodEnd,
        source.DueMinutesAfterPeriodEnd,
        source.PersonalColumns,
        source.MaximumBytes!.Value,
        [.. source.Locations.Select(location => ToLocation(location, simulator))],
        source.Parser == Parsers.PushedKey ? PushedBuilder.Build(source, files) : null,
        source.Push);

    private static LocationDefinition ToLocation(LocationEntry location, Uri? simulator) =>
        location.Folder is not null ? new FolderDefinition(location.Folder, location.Pattern!)
            : location.Feed is not null ? new FeedDefinition(FeedAddress.Of(location.Feed, simulator)!, location.Since, location.AllowedHosts, location.PrivateNetwork)
            : location.Ckan is not null ? new CkanDefinition(new Uri(location.Ckan), location.ResourceTitle!, location.ResourceMetadata, location.AllowedHosts)
            : new LandingPageDefinition(new Uri(location.LandingPage!), location.LinkText!, location.AllowedHosts);

    private static Framework ToFramework(FrameworkFile framework) => new(
        framework.Key!,
        framework.Version!,
        framework.Name!,
        framework.Description!,
        [.. framework.AppliesTo.Select(kind => CatalogueWords.OrganisationKinds[kind])],
        CatalogueWords.ToSpan(framework.ValidFrom, framework.ValidTo),
        CatalogueWords.Cadences[framework.Grid!],
        [.. framework.Parameters.Select(parameter => new Parameter(parameter.Indicator!, [.. parameter.Bands.Select(ToBand)]))],
        [.. framework.Levels.Select(level => new LevelCut(level.Level!.Value, ToInterval(level.Percent!), CatalogueWords.Provenances[level.Provenance!], level.Source!)).OrderBy(cut => cut.Level)],
        new MissingDataPolicy(
            framework.MissingData!.MinimumIndicators!.Value,
            framework.MissingData.MinimumServiceDomains!.Value,
            framework.MissingData.MinimumObservablePercent!.Value,
            framework.MissingData.MinimumCoveragePercent!.Value,
            CatalogueWords.Provenances[framework.MissingData.Provenance!],
            framework.MissingData.Source!));

    private static Band ToBand(BandEntry band) =>
        new(ToInterval(band.Range!), band.Points!.Value, CatalogueWords.Provenances[band.Provenance!], band.Source!);

    private static Interval ToInterval(string text) =>
        Interval.TryParse(text, out var interval) ? interval! : throw new InvalidOperationException($"'{text}' passed the check and is no interval.");

    private static DateOnly ToDate(string text) =>
        CatalogueWords.TryParseDate(text, out var date) ? date : throw new InvalidOperationException($"'{text}' passed the check and is no date.");
}
