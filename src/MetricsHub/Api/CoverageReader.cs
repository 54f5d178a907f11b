using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>
/// Reads which systems have figures in which service domain and month. It counts what is there, and judges nothing: one number of one
/// organisation in a system covers the system's domain for the month.
/// </summary>
internal sealed class CoverageReader(HubCatalogue catalogue, IObservationStore store)
{
    /// <param name="months">Consecutive, oldest first; at least one.</param>
    public async Task<CoverageAnswer> ReadAsync(IReadOnlyList<Period> months, bool simulated, CancellationToken cancellationToken)
    {
        // A quarter's figure stands in the step that holds its start.
        var from = LondonCalendar.QuarterOf(months[0].Start).Start;
        var steps = await store.AggregateAsync(
            new AggregateQuery(SeriesSelection.All, from, months[^1].End, Step.Month), cancellationToken);

        var covered = new HashSet<(DateTimeOffset Month, string Domain, OrganisationCode System)>();
        foreach (var step in steps.Where(step => step.Count > 0))
        {
            if (catalogue.Metrics.GetValueOrDefault(step.Series.Metric) is not { } metric)
            {
                continue;
            }

            foreach (var month in MonthsOf(step, metric))
            {
                var day = LondonCalendar.LastDayOf(month);
                covered.UnionWith(SystemsOf(step.Series.Organisation, metric.ServiceDomain, day)
                    .Select(system => (month.Start, metric.ServiceDomain, system)));
            }
        }

        return new CoverageAnswer([.. months.Select(month => CoverageOf(month, simulated, covered))]);
    }

    private MonthCoverage CoverageOf(Period month, bool simulated, HashSet<(DateTimeOffset Month, string Domain, OrganisationCode System)> covered)
    {
        var day = LondonCalendar.LastDayOf(month);
        var systems = catalogue.Organisations.All
            .Where(organisation => organisation.Kind == OrganisationKind.System && organisation.Simulated == simulated && organisation.Valid.Contains(day))
            .Select(organisation => organisation.Code)
            .ToList();
        return new MonthCoverage(
            day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            systems.Count,
            [
                .. catalogue.ServiceDomains.Select(domain => new DomainCoverage(
                    domain.Key, systems.Count(system => covered.Contains((month.Start, domain.Key, system))))),
            ]);
    }

    private static IEnumerable<Period> MonthsOf(StepAggregate step, Metric metric)
    {
        var month = LondonCalendar.MonthOf(step.StepStart);
        yield return month;
        for (var further = metric.Cadence == Cadence.Quarter ? 2 : 0; further > 0; further--)
        {
            month = LondonCalendar.MonthOf(month.End);
            yield return month;
        }
    }

    /// <summary>The systems that an organisation belongs to or serves on a day: itself, what is above it, and those it serves in the domain.</summary>
    private IEnumerable<OrganisationCode> SystemsOf(OrganisationCode organisation, string domain, DateOnly day)
    {
        for (OrganisationCode? code = organisation; code is { } current; code = catalogue.Organisations.ParentOf(current, day)?.Parent)
        {
            if (catalogue.Organisations.Find(current) is { Kind: OrganisationKind.System })
            {
                yield return current;
                break;
            }
        }

        foreach (var relation in catalogue.SharedServices.ServedOn(organisation, day).Where(relation => relation.ServiceDomain == domain))
        {
            yield return relation.System;
        }
    }
}
