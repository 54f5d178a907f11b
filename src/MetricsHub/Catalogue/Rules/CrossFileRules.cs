using MetricsHub.Domain.Organisations;

namespace MetricsHub.Catalogue.Rules;

/// <summary>What one file says of another: every key that is named exists, once, and at the dates at which it is needed.</summary>
internal static class CrossFileRules
{
    /// <param name="unread">
    /// Files and folders that could not be read whole. Every key that another file takes from them would be reported as unknown, which
    /// is noise and no fault: such references are not checked.
    /// </param>
    public static IEnumerable<CatalogueError> Check(CatalogueFiles files, IReadOnlySet<string> unread)
    {
        var domains = Keys(unread, CatalogueReader.ServiceDomainsName, files.ServiceDomains.ServiceDomains.Select(domain => domain.Key));
        var metrics = Keys(unread, CatalogueReader.MetricsName, files.Metrics.Metrics.Select(metric => metric.Key));
        var indicators = Keys(unread, CatalogueReader.IndicatorsName, files.Indicators.Indicators.Select(indicator => indicator.Key));
        var sources = Keys(unread, CatalogueReader.SourcesFolder, files.Sources.Values.Select(source => source.Key));
        var organisations = Keys(unread, CatalogueReader.OrganisationsName, files.Organisations.Select(organisation => organisation.Code));

        return
        [
            .. Duplicates(CatalogueReader.ServiceDomainsName, "serviceDomains", files.ServiceDomains.ServiceDomains.Select(domain => domain.Key)),
            .. Duplicates(CatalogueReader.MetricsName, "metrics", files.Metrics.Metrics.Select(metric => metric.Key)),
            .. Duplicates(CatalogueReader.IndicatorsName, "indicators", files.Indicators.Indicators.Select(indicator => indicator.Key)),
            .. Duplicates(CatalogueReader.CalendarsName, "calendars", files.Calendars.Calendars.Select(calendar => calendar.Key)),
            .. MetricReferences(files.Metrics, domains, sources),
            .. IndicatorReferences(files, domains, metrics),
            .. SourceNames(files.Sources),
            .. SimulatedSources(files.Sources),
            .. files.Sources.SelectMany(source => TableReferenceRules.Check(source.Key, source.Value.Table, files.Metrics, metrics)),
            .. files.Sources.SelectMany(source => PushReferenceRules.Check(source.Key, source.Value, metrics)),
            .. files.Sources.SelectMany(source => CapacityServiceReferenceRules.Check(source.Key, source.Value, metrics, organisations)),
            .. FrameworkReferences(files.Frameworks, indicators),
            .. AdoptionRules.References(files, unread),
            .. FrameworkVersions(files.Frameworks),
            .. OrganisationCodes([.. files.Organisations.Union(files.SimulatedOrganisations)]),
            .. CheckReferences.Check(files, unread),
            .. unread.Contains(CatalogueReader.OrganisationsName) ? [] : ParentRelationRules.Check(files.Organisations, files.Parents),
            .. unread.Contains(CatalogueReader.OrganisationsName) ? [] : ServiceRelationRules.Check(files.Organisations, files.Services, domains ?? []),
            .. CalendarReferenceRules.Check(files, unread),
            .. unread.Contains(CatalogueReader.ParentsName) ? [] : RollUpWeightRules.Check(files.Parents, files.RollUpWeights),
            .. Duplicates(CatalogueReader.HeadroomName, "headroom", files.Headroom.Headroom.Select(entry => entry.Key)),
            .. HeadroomReferenceRules.Check(files, domains, metrics),
        ];
    }

    /// <summary>The keys of a file; null, which means "do not check", where it could not be read whole.</summary>
    private static HashSet<string>? Keys(IReadOnlySet<string> unread, string file, IEnumerable<string?> keys) =>
        unread.Contains(file) ? null : [.. keys.OfType<string>()];

    private static bool IsUnknown(string? key, HashSet<string>? known) => key is not null && known is not null && !known.Contains(key);

    private static IEnumerable<CatalogueError> Duplicates(string file, string list, IEnumerable<string?> keys)
    {
        var seen = new Dictionary<string, int>();
        foreach (var (index, key) in keys.Index())
        {
            if (key is not null && !seen.TryAdd(key, index))
            {
                yield return new CatalogueError(file, $"{list}[{index}].key", $"'{key}' stands already at {list}[{seen[key]}]");
            }
        }
    }

    private static IEnumerable<CatalogueError> MetricReferences(MetricsFile file, HashSet<string>? domains, HashSet<string>? sources)
    {
        foreach (var (index, metric) in file.Metrics.Index())
        {
            if (IsUnknown(metric.ServiceDomain, domains))
            {
                yield return Unknown(CatalogueReader.MetricsName, $"metrics[{index}].serviceDomain", "service domain", metric.ServiceDomain!, domains!);
            }

            if (IsUnknown(metric.Source, sources))
            {
                yield return Unknown(CatalogueReader.MetricsName, $"metrics[{index}].source", "source", metric.Source!, sources!);
            }
        }
    }

    private static IEnumerable<CatalogueError> IndicatorReferences(CatalogueFiles files, HashSet<string>? domains, HashSet<string>? metrics)
    {
        var reporters = files.Metrics.Metrics
            .Where(metric => metric.Key is not null)
            .GroupBy(metric => metric.Key!)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.First().ReportedBy.Order()));

        foreach (var (index, indicator) in files.Indicators.Indicators.Index())
        {
            if (IsUnknown(indicator.ServiceDomain, domains))
            {
                yield return Unknown(CatalogueReader.IndicatorsName, $"indicators[{index}].serviceDomain", "service domain", indicator.ServiceDomain!, domains!);
            }

            var reportedBy = new HashSet<string>();
            foreach (var (formulaIndex, formula) in indicator.Formulas.Index())
            {
                foreach (var (side, terms) in new[] { ("numerator", formula.Numerator), ("denominator", formula.Denominator) })
                {
                    foreach (var (termIndex, metric) in terms.Index().SelectMany(term => IndicatorTerms.MetricsOf(term.Item).Select(metric => (term.Index, metric))))
                    {
                        if (IsUnknown(metric, metrics))
                        {
                            yield return Unknown(
                                CatalogueReader.IndicatorsName, $"indicators[{index}].formulas[{formulaIndex}].{side}[{termIndex}]", "metric", metric, metrics!);
                        }
                        else if (reporters.TryGetValue(metric, out var kinds))
                        {
                            reportedBy.Add(kinds);
                        }
                    }
                }
            }

            if (reportedBy.Count > 1)
            {
                yield return new CatalogueError(
                    CatalogueReader.IndicatorsName, $"indicators[{index}].formulas",
                    $"mixes metrics reported by different kinds of organisation: {string.Join(" / ", reportedBy.Order())}");
            }
        }
    }

    private static IEnumerable<CatalogueError> SourceNames(IReadOnlyDictionary<string, SourceFile> sources) =>
        sources
            .Where(source => source.Value.Key is not null && source.Key.Split('/')[^1] != $"{source.Value.Key}.yaml")
            .Select(source => new CatalogueError(source.Key, "key", $"'{source.Value.Key}' is not the file's name"));

    /// <summary>Two files can have one name: one in the folder of the simulated system.</summary>
    private static IEnumerable<CatalogueError> SimulatedSources(IReadOnlyDictionary<string, SourceFile> sources)
    {
        foreach (var (file, source) in sources)
        {
            if (source.Simulated is { } simulated && simulated != CatalogueFolders.IsSimulated(file))
            {
                yield return new CatalogueError(
                    file, "simulated", $"is {(simulated ? "false" : "true")} for every source {(simulated ? "outside" : "in")} the folder {CatalogueFolders.Simulated}");
            }
        }

        foreach (var twice in sources.Where(source => source.Value.Key is not null).GroupBy(source => source.Value.Key).Where(group => group.Count() > 1))
        {
            yield return new CatalogueError(twice.Last().Key, "key", $"'{twice.Key}' stands already in {twice.First().Key}");
        }
    }

    private static IEnumerable<CatalogueError> FrameworkReferences(IReadOnlyDictionary<string, FrameworkFile> frameworks, HashSet<string>? indicators)
    {
        foreach (var (file, framework) in frameworks)
        {
            var seen = new HashSet<string>();
            foreach (var (index, parameter) in framework.Parameters.Index())
            {
                if (parameter.Indicator is null)
                {
                    continue;
                }

                if (IsUnknown(parameter.Indicator, indicators))
                {
                    yield return Unknown(file, $"parameters[{index}].indicator", "indicator", parameter.Indicator, indicators!);
                }

                if (!seen.Add(parameter.Indicator))
                {
                    yield return new CatalogueError(file, $"parameters[{index}].indicator", $"'{parameter.Indicator}' is scored twice");
                }
            }
        }
    }

    private static IEnumerable<CatalogueError> FrameworkVersions(IReadOnlyDictionary<string, FrameworkFile> frameworks)
    {
        foreach (var versions in frameworks.Where(framework => framework.Value.Key is not null && !IsShadow(framework.Value) && ReadableSpan(framework.Value)).GroupBy(framework => framework.Value.Key))
        {
            var sorted = versions.OrderBy(version => version.Key, StringComparer.Ordinal).ToList();
            foreach (var (index, later) in sorted.Index())
            {
                foreach (var earlier in sorted.Take(index).Where(earlier => Span(earlier.Value).Overlaps(Span(later.Value))))
                {
                    yield return new CatalogueError(later.Key, "validFrom", $"two versions of '{versions.Key}' judge the same days: see {earlier.Key}");
                }
            }
        }

        static Domain.Time.DateSpan Span(FrameworkFile framework) => CatalogueWords.ToSpan(framework.ValidFrom, framework.ValidTo);

        // A candidate is tried out beside the version that is in force.
        static bool IsShadow(FrameworkFile framework) => framework.Status == Domain.Escalation.FrameworkStatus.Shadow.ToWord();
        static bool ReadableSpan(FrameworkFile framework) => SpanRules.HoldsADay(framework.ValidFrom, framework.ValidTo);
    }

    private static IEnumerable<CatalogueError> OrganisationCodes(IReadOnlyList<OrganisationRow> organisations)
    {
        var seen = new Dictionary<string, OrganisationRow>();
        foreach (var organisation in organisations)
        {
            if (!seen.TryAdd(organisation.Code.ToUpperInvariant(), organisation))
            {
                var first = seen[organisation.Code.ToUpperInvariant()];
                yield return new CatalogueError(
                    organisation.File, $"row {organisation.Row}, code",
                    $"'{organisation.Code}' stands already in row {first.Row}{(first.File == organisation.File ? "" : $" of {first.File}")}");
            }

            if (OrganisationCode.TryParse(organisation.Code, out var code) && code.ToString() != organisation.Code)
            {
                yield return new CatalogueError(organisation.File, $"row {organisation.Row}, code", $"'{organisation.Code}' is not in upper case");
            }
        }
    }

    private static CatalogueError Unknown(string file, string path, string what, string key, IEnumerable<string> known) =>
        new(file, path, $"unknown {what} '{key}'{Suggestion.For(key, known)}");
}
