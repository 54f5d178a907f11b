using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Sources;
using MetricsHub.Sources.Dos;

namespace MetricsHub.Catalogue;

/// <summary>Turns checked files into the catalogue. Everything it relies on has been checked before; it reports nothing.</summary>
internal static class CatalogueBuilder
{
    /// <param name="simulator">Where the simulator answers; null where it does not play.</param>
    /// <param name="reference">What has been collected; where the files speak too, they win.</param>
    public static HubCatalogue Build(CatalogueFiles files, Uri? simulator, CollectedReference reference)
    {
        var merged = ReferenceMerge.Of(
            [.. files.Organisations.Select(ToOrganisation)],
            [.. files.Successions.Select(CalendarBuilder.ToSuccession)],
            [.. files.BankHolidays.Select(CalendarBuilder.ToBankHoliday)],
            reference);
        var bankHolidays = new BankHolidays(merged.BankHolidays);
        var calendars = files.Calendars.Calendars.Select(entry => CalendarBuilder.ToCalendar(entry, bankHolidays)).ToDictionary(calendar => calendar.Key);
        var metrics = files.Metrics.Metrics.Select(ToMetric).ToDictionary(metric => metric.Key);
        var tree = new OrganisationTree(merged.Organisations, [.. files.Parents.Select(ToRelation)], merged.Successions);
        var known = merged.Organisations.Select(organisation => organisation.Code).ToHashSet();
        var sources = files.Sources.Values.Select(source => ToSource(source, files.Metrics, calendars, known, simulator)).ToDictionary(source => source.Key);
        var hours = new OpeningHours([.. files.OpeningHours.Select(row => CalendarBuilder.ToOpening(row, calendars))]);
        return new HubCatalogue(
            [.. files.ServiceDomains.ServiceDomains.Select(domain => new ServiceDomain(domain.Key!, domain.Name!))],
            metrics,
            files.Indicators.Indicators.Select(ToIndicator).ToDictionary(indicator => indicator.Key),
            tree,
            files.SimulatedOrganisations.Select(row => new OrganisationCode(row.Code)).ToHashSet(),
            new SharedServices([.. files.Services.Select(ToService)]),
            sources,
            [.. files.Frameworks.Values.Select(FrameworkBuilder.Build)],
            CheckRulesBuilder.Build(files.Checks, files.Metrics),
            new Expectations(
                metrics,
                CalendarBuilder.ToTimetables(metrics, sources.Values),
                hours,
                tree),
            bankHolidays,
            new ReferenceState(reference.NewestArrivals, merged.Conflicts),
            LevelRulesBuilder.Build(files.LevelHealth),
            LevelRulesBuilder.Build(files.Headroom, metrics))
        {
            RollUpWeights = [.. files.RollUpWeights.Select(FrameworkBuilder.ToWeight)],
        };
    }

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
        row.Source,
        CatalogueFolders.IsSimulated(row.File));

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

    private static SourceDefinition ToSource(
        SourceFile source,
        MetricsFile metrics,
        IReadOnlyDictionary<string, Calendar> calendars,
        IReadOnlySet<OrganisationCode> organisations,
        Uri? simulator) => new(
        new SourceKey(source.Key!),
        source.Name!,
        source.Publisher!,
        new Uri(source.LandingPage!),
        source.Licence!,
        source.Simulated!.Value,
        source.FormatProven!.Value,
        source.Note,
        source.Parser!,
        source.Table is { } table ? TableBuilder.Build(table, metrics) : null,
        source.Schedule!,
        TimeZoneInfo.FindSystemTimeZoneById(source.TimeZone!),
        CalendarBuilder.ToTimetable(source, calendars),
        source.PersonalColumns,
        source.MaximumBytes!.Value,
        [.. source.Locations.Select(location => ToLocation(location, simulator))],
        source.UnknownOrganisations == CatalogueWords.Refuse,
        source.Parser == Parsers.PushedKey ? PushedBuilder.Build(source, metrics, organisations) : null,
        source.Push,
        [.. source.Services.Select(service => new DosService(service.Id!, new OrganisationCode(service.Organisation!), new MetricKey(service.Metric!)))]);

    private static TokenDefinition? ToToken(LocationEntry location) => location.Token is { } name ? new TokenDefinition(location.TokenHeader!, name) : null;

    private static LocationDefinition ToLocation(LocationEntry location, Uri? simulator) =>
        location.Folder is not null ? new FolderDefinition(location.Folder, location.Pattern!)
            : location.Feed is not null ? new FeedDefinition(
                FeedAddress.Of(location.Feed, simulator)!, location.Since, location.AllowedHosts, location.PrivateNetwork, location.OfPublisher, ToToken(location))
            : location.Dos is not null ? new DosDefinition(FeedAddress.Of(location.Dos, simulator)!, location.PrivateNetwork, ToToken(location))
            : location.Ord is not null ? new OrdDefinition(new Uri(location.Ord), location.AllowedHosts, location.PrivateNetwork)
            : location.Ckan is not null ? new CkanDefinition(
                new Uri(location.Ckan), location.ResourceTitle!, location.ResourceMetadata, location.AllowedHosts, location.PrivateNetwork)
            : new LandingPageDefinition(new Uri(location.LandingPage!), location.LinkText!, location.AllowedHosts, location.PrivateNetwork);

    private static DateOnly ToDate(string text) =>
        CatalogueWords.TryParseDate(text, out var date) ? date : throw new InvalidOperationException($"'{text}' passed the check and is no date.");
}
