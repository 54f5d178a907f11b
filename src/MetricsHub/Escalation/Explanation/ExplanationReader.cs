using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>Explains levels: the derivation of each, and the publications that its figures stand in.</summary>
internal sealed class ExplanationReader(
    HubCatalogue catalogue, EscalationReader escalation, DerivationReader derivations, ILedger ledger)
{
    /// <summary>One for each framework that judges the organisation at the newest slot that has ended by an instant.</summary>
    /// <param name="framework">Only that of this key; null for all.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async Task<IReadOnlyList<Explanation>> ReadAsync(
        Organisation organisation, string? framework, DateTimeOffset at, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var rules = escalation.FrameworksFor(organisation, at)
            .Where(judging => framework is null || judging.Key == framework)
            .Select(catalogue.RulesOf)
            .ToList();
        var missing = await escalation.WhyMissingAsync(organisation, asOf, cancellationToken);
        var explanations = new List<Explanation>();
        foreach (var each in rules)
        {
            var statements = await derivations.FetchAsync([each], organisation, at, asOf, cancellationToken);
            var derivation = derivations.Derive(each, organisation, Grid.SlotAt(each.Framework.Grid, at), statements, missing);
            explanations.Add(new Explanation(derivation, await PublicationsOfAsync(derivation, cancellationToken)));
        }

        return explanations;
    }

    private async Task<IReadOnlyDictionary<PublicationId, Publication>> PublicationsOfAsync(Derivation derivation, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PublicationId, Publication>();
        foreach (var id in derivation.Inputs.SelectMany(Leaf.Of).Select(leaf => leaf.Statement.Publication).Distinct())
        {
            if (await ledger.FindPublicationAsync(id, cancellationToken) is { } publication)
            {
                found.Add(id, publication);
            }
        }

        return found;
    }
}

/// <param name="Publications">Those that its figures stand in, by id.</param>
internal sealed record Explanation(Derivation Derivation, IReadOnlyDictionary<PublicationId, Publication> Publications);
