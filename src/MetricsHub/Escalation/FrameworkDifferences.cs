using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>On which days which organisation's level would differ under another framework: what a candidate in shadow is tried out for.</summary>
internal sealed class FrameworkDifferences(HubCatalogue catalogue, LevelHistory history)
{
    /// <param name="candidate">The framework that is compared.</param>
    /// <param name="against">The versions that it is compared with.</param>
    /// <param name="from">Slots that end after it.</param>
    /// <param name="to">Slots that end at or before it.</param>
    /// <returns>One for each organisation that both have judged; by kind and code.</returns>
    public async Task<IReadOnlyList<OrganisationDifference>> ReadAsync(
        Framework candidate, IReadOnlyList<Framework> against, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var found = new List<OrganisationDifference>();
        foreach (var organisation in catalogue.Organisations.All.Where(organisation => candidate.AppliesTo.Contains(organisation.Kind)))
        {
            var others = new List<LevelDay>();
            foreach (var version in against)
            {
                others.AddRange(await DaysAsync(version, organisation, from, to, cancellationToken));
            }

            if (others.Count > 0 && DayComparison.Of(await DaysAsync(candidate, organisation, from, to, cancellationToken), others) is { Pairs.Count: > 0 } comparison)
            {
                found.Add(new OrganisationDifference(organisation, comparison));
            }
        }

        return found;
    }

    private async Task<IEnumerable<LevelDay>> DaysAsync(
        Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await history.ReadAsync(framework, organisation, from, to, Step.Day, asOf: null, cancellationToken))
            .Where(reading => reading.NotJudgedBecause is null)
            .Select(reading => new LevelDay(LondonCalendar.DateOf(reading.At.AddTicks(-1)), reading.Found.HighestLevel, reading.Found.HighestShownLevel));
}

/// <summary>One organisation's days under both.</summary>
internal sealed record OrganisationDifference(Organisation Organisation, DayComparison Comparison);
