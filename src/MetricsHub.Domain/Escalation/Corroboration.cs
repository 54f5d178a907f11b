namespace MetricsHub.Domain.Escalation;

/// <summary>
/// Whether anything could carry a high level alone: no decision on a single metric in isolation. Looks at every pattern of inputs that are
/// missing or not applicable and that the framework's policy lets have a level.
/// </summary>
/// <remarks>
/// A carrier (one parameter, or all of one service domain) is at its worst, all others that are there at their best, which is 0 points. The
/// score is then C / (C + R): C the carrier's points, R the most that the others there could score. It grows with C and falls with R, so the
/// worst pattern has the whole carrier and the lightest company that the policy asks for: enough others to make up the least number of
/// inputs and of service domains, and no more. The lightest of the least number of other domains, then the lightest of what is left, is that
/// company (ADR 10). The observable share does not help: what is not applicable is no missing point.
/// </remarks>
public static class Corroboration
{
    /// <summary>The lowest level that nothing may carry alone.</summary>
    public const int LowestGuardedLevel = 3;

    /// <summary>What can carry level 3 or 4 alone; empty where the framework is sound.</summary>
    /// <param name="framework">Whose bands' best score 0, as a catalogue's are checked to do.</param>
    public static IEnumerable<Carrier> FindCarriers(Framework framework, Func<string, string> serviceDomainOf)
    {
        var weights = framework.Parameters
            .Select(parameter => new Weighed(parameter.Indicator, serviceDomainOf(parameter.Indicator), parameter.MaximumPoints))
            .ToList();
        var alone = weights.Select(weighed => (weighed.Indicator, Domain: false, Members: new List<Weighed> { weighed }));
        var domains = framework.National
            ? []
            : weights.GroupBy(weighed => weighed.ServiceDomain).Select(group => (Indicator: group.Key, Domain: true, Members: group.ToList()));
        var scale = new LevelScale(framework);
        foreach (var (name, isDomain, members) in alone.Concat(domains))
        {
            var company = LightestCompany(framework.MissingData, weights, members);
            var carried = members.Sum(member => member.Points);
            var of = carried + company.Sum(other => other.Points);
            var level = scale.LevelOf(scale.ScoreOf(carried, of));
            if (level >= LowestGuardedLevel)
            {
                yield return new Carrier(name, isDomain, level, carried, of, [.. company.Select(other => other.Indicator)]);
            }
        }
    }

    private static List<Weighed> LightestCompany(MissingDataPolicy policy, List<Weighed> all, List<Weighed> carrier)
    {
        var others = all.Except(carrier).OrderBy(weighed => weighed.Points).ThenBy(weighed => weighed.Indicator, StringComparer.Ordinal).ToList();
        var chosen = others
            .Where(weighed => weighed.ServiceDomain != carrier[0].ServiceDomain)
            .DistinctBy(weighed => weighed.ServiceDomain)
            .Take(policy.MinimumServiceDomains - 1)
            .ToList();
        var more = policy.MinimumIndicators - carrier.Count - chosen.Count;
        return [.. chosen, .. others.Except(chosen).Take(Math.Max(more, 0))];
    }

    private sealed record Weighed(string Indicator, string ServiceDomain, decimal Points);
}

/// <summary>One parameter or service domain that can carry a level alone.</summary>
/// <param name="Name">The indicator's key, or the service domain's.</param>
/// <param name="Level">3 or 4.</param>
/// <param name="Points">What it scores at its worst.</param>
/// <param name="Available">The most that it and its company could score.</param>
/// <param name="Company">The indicators that are there beside it, at their best.</param>
public sealed record Carrier(string Name, bool IsServiceDomain, int Level, decimal Points, decimal Available, IReadOnlyList<string> Company)
{
    public override string ToString() => FormattableString.Invariant(
        $"the {(IsServiceDomain ? "service domain" : "parameter")} '{Name}' alone can carry level {Level}: {Points:0.##} of {Available:0.##} points where all that is there beside it is {(Company.Count > 0 ? string.Join(", ", Company) : "nothing")}");
}
