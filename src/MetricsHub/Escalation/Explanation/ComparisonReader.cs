using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>
/// Reads a slot's level anew as it was known at two instants: each time by what had been recorded, and by the rules that were in force.
/// Who lies below whom, and who is open when, is today's for both: the catalogue keeps no earlier knowledge of that.
/// </summary>
internal sealed class ComparisonReader(HubCatalogue catalogue, DerivationReader derivations, ILedger ledger)
{
    /// <summary>One for each framework that judged the organisation at either instant, by key.</summary>
    /// <param name="framework">Only that of this key; null for all.</param>
    /// <param name="at">The newest slot that had ended by then.</param>
    public async Task<IReadOnlyList<Comparison>> ReadAsync(
        Organisation organisation, string? framework, DateTimeOffset at, DateTimeOffset then, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entries = await ledger.ListRulesAsync(framework, cancellationToken);
        var found = new List<Comparison>();
        foreach (var key in entries.Select(entry => entry.Framework).Distinct().Order(StringComparer.Ordinal))
        {
            var (before, after) = (RulesOf(entries, key, organisation, at, then), RulesOf(entries, key, organisation, at, now));
            if (before.Rules is not null || after.Rules is not null)
            {
                found.Add(await CompareAsync(key, before, after, organisation, at, then, now, cancellationToken));
            }
        }

        return found;
    }

    private async Task<Comparison> CompareAsync(
        string key, RulesAt before, RulesAt after, Organisation organisation, DateTimeOffset at, DateTimeOffset then, DateTimeOffset now, CancellationToken cancellationToken)
    {
        FrameworkRules[] rules = [.. new[] { before.Rules, after.Rules }.OfType<FrameworkRules>()];
        var earlier = await derivations.FetchAsync(rules, organisation, at, then, cancellationToken);
        var later = await derivations.FetchAsync(rules, organisation, at, now, cancellationToken);
        var (thenByThen, nowByThen) = (Derive(before.Rules, earlier), Derive(before.Rules, later));
        var (thenByNow, nowByNow) = (Derive(after.Rules, earlier), Derive(after.Rules, later));
        var places = new[] { thenByThen, nowByThen, thenByNow, nowByNow }
            .OfType<Derivation>()
            .SelectMany(derivation => derivation.Inputs)
            .SelectMany(Leaf.Of)
            .Select(leaf => (leaf.Statement.Series, leaf.Statement.Period))
            .Distinct()
            .OrderBy(place => place.Series.Metric)
            .ThenBy(place => place.Series.Organisation)
            .ThenBy(place => place.Period);
        return new Comparison(
            key, before, after, thenByThen, nowByThen, thenByNow, nowByNow,
            [
                .. places
                    .Select(place => new ChangedStatement(earlier.Find(place.Series, place.Period), later.Find(place.Series, place.Period)))
                    .Where(pair => !IsSame(pair.Before, pair.After)),
            ]);

        // Why something is missing is told by the explanation of each instant; here it decides nothing and is not told.
        Derivation? Derive(FrameworkRules? by, StatementSet statements) => by is null
            ? null
            : derivations.Derive(by, organisation, Grid.SlotAt(by.Framework.Grid, at), statements, (_, _, _) => AbsenceCode.Late);
    }

    private static bool IsSame(RecordedStatement? one, RecordedStatement? other) =>
        (one?.Figure, one?.Publication, one?.Row) == (other?.Figure, other?.Publication, other?.Row);

    /// <summary>The version of a framework that judged the organisation at a slot, as the rules were at an instant.</summary>
    private RulesAt RulesOf(IReadOnlyList<RulesInForce> entries, string key, Organisation organisation, DateTimeOffset at, DateTimeOffset known)
    {
        var inForce = entries
            .Where(entry => entry.Framework == key)
            .Select(entry => entry.Version)
            .Distinct()
            .Select(version => RulesHistory.InForce(entries, key, version, known))
            .OfType<RulesInForce>()
            .ToList();
        if (inForce.FindLast(entry => entry.EngineVersion != EngineVersion.Current) is { } foreign)
        {
            return new RulesAt(foreign, null);
        }

        return inForce
            .Select(entry => new RulesAt(entry, RulesLibrary.Read(entry)))
            .FirstOrDefault(each => each.Rules!.Framework is var framework
                && framework.Judges(organisation, LondonCalendar.LastDayOf(Grid.SlotAt(framework.Grid, at)), catalogue.Organisations)) ?? RulesAt.Unknown;
    }
}
