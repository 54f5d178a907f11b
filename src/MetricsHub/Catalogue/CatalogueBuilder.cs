using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Catalogue;

/// <summary>Turns checked files into the catalogue. Everything it relies on has been checked before; it reports nothing.</summary>
internal static class CatalogueBuilder
{
    public static HubCatalogue Build(CatalogueFiles files) => new(
        [.. files.ServiceDomains.ServiceDomains.Select(domain => new ServiceDomain(domain.Key!, domain.Name!))],
        files.Metrics.Metrics.Select(ToMetric).ToDictionary(metric => metric.Key),
        files.Indicators.Indicators.Select(ToIndicator).ToDictionary(indicator => indicator.Key),
        new OrganisationTree([.. files.Organisations.Select(ToOrganisation)], [.. files.Parents.Select(ToRelation)]),
        new SharedServices([.. files.Services.Select(ToService)]),
        files.Sources.Values.Select(ToSource).ToDictionary(source => source.Key),
        [.. files.Frameworks.Values.Select(FrameworkBuilder.Build)]);

    private static Metric ToMetric(MetricEntry metric) => new(
        new MetricKey(metric.Key!),
        metric.Name!,
        metric.Description!,
        metric.Unit!,
        metric.ServiceDomain!,
        metric.Source!,
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

    private static IndicatorTerm ToTerm(string term) => new(
        new MetricKey(IndicatorTerms.MetricOf(term)),
        IndicatorTerms.IsSubtracted(term),
        IndicatorTerms.TimesOf(term) is { } times ? new MetricKey(times) : null);

    private static Organisation ToOrganisation(OrganisationRow row) => new(
        new OrganisationCode(row.Code),
        row.Name,
        CatalogueWords.OrganisationKinds[row.Kind],
        CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo),
        row.OnsCode.Length > 0 ? row.OnsCode : null,
        row.Source);

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

    private static SourceDefinition ToSource(SourceFile source) => new(
        new SourceKey(source.Key!),
        source.Name!,
        source.Publisher!,
        new Uri(source.LandingPage!),
        source.Licence!,
        source.Simulated!.Value,
        source.FormatProven!.Value,
        source.Note,
        source.Parser!,
        source.Schedule!,
        TimeZoneInfo.FindSystemTimeZoneById(source.TimeZone!),
        source.DueDaysAfterPeriodEnd!.Value,
        source.PersonalColumns,
        source.MaximumBytes!.Value,
        [.. source.Locations.Select(ToLocation)]);

    private static LocationDefinition ToLocation(LocationEntry location) =>
        location.Folder is not null ? new FolderDefinition(location.Folder, location.Pattern!)
            : location.Ckan is not null ? new CkanDefinition(new Uri(location.Ckan), location.ResourceTitle!, location.ResourceMetadata, location.AllowedHosts)
            : new LandingPageDefinition(new Uri(location.LandingPage!), location.LinkText!, location.AllowedHosts);

    private static DateOnly ToDate(string text) =>
        CatalogueWords.TryParseDate(text, out var date) ? date : throw new InvalidOperationException($"'{text}' passed the check and is no date.");
}
