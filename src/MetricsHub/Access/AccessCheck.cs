using MetricsHub.Catalogue;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>Holds what a caller asks for against what they were granted.</summary>
internal sealed class AccessCheck(HubCatalogue catalogue, ILedger ledger, TimeProvider clock)
{
    /// <returns>Why the caller is not let in, in a sentence for them; null where they are.</returns>
    public async Task<string?> WhyNotAsync(HttpContext context, AccessRule rule, Caller caller)
    {
        if (caller.Grants.Count == 0)
        {
            return "None of your roles is one that this hub knows.";
        }

        string? first = null;
        foreach (var grant in caller.Grants.OrderByDescending(grant => grant.Allows(rule.Scope)))
        {
            if (await WhyNotAsync(context, rule, grant) is not { } why)
            {
                return null;
            }

            first ??= why;
        }

        return first;
    }

    private async Task<string?> WhyNotAsync(HttpContext context, AccessRule rule, Grant grant)
    {
        if (!grant.Allows(rule.Scope))
        {
            return $"This needs the scope {Words(rule.Scope)}; what you show has {Words(grant.Scopes)}.";
        }

        return WhyNotOrganisations(context, rule.Organisations, grant) ?? await WhyNotSourcesAsync(context, rule.Sources, grant);
    }

    private string? WhyNotOrganisations(HttpContext context, Limit limit, Grant grant)
    {
        if (grant.Organisations is not { } own || limit is Limit.DoesNotApply or Limit.InBody)
        {
            return null;
        }

        var named = context.GetRouteValue("code") is string code ? [code] : ListIn(context.Request, "organisation");
        if (limit == Limit.Refused || named.Length == 0)
        {
            return $"You are limited to {Listed(own)} and what is below"
                + (limit == Limit.Refused ? "; what is asked for cannot be told apart by organisation." : ": name the organisations that you mean.");
        }

        var today = LondonCalendar.DateOf(clock.GetUtcNow());
        return Array.TrueForAll(named, text => OrganisationCode.TryParse(text, out var organisation) && grant.Covers(organisation, catalogue.Organisations, today))
            ? null
            : $"You are limited to {Listed(own)} and what is below; what is asked for is about others.";
    }

    private async Task<string?> WhyNotSourcesAsync(HttpContext context, Limit limit, Grant grant)
    {
        if (grant.Sources is not { } own || limit == Limit.DoesNotApply)
        {
            return null;
        }

        if (limit == Limit.Refused)
        {
            return $"You are limited to the sources {Listed(own)}; what is asked for is made from all of them.";
        }

        var named = await SourcesNamedAsync(context);
        return named.Length == 0 ? $"You are limited to the sources {Listed(own)}: name the one that you mean."
            : Array.TrueForAll(named, text => SourceKey.TryParse(text, out var source) && grant.Covers(source)) ? null
            : $"You are limited to the sources {Listed(own)}; what is asked for is about others.";
    }

    private async Task<string[]> SourcesNamedAsync(HttpContext context)
    {
        if (context.GetRouteValue("key") is string key)
        {
            return [key];
        }

        // A publication that nobody knows is nobody's: not even whether it is there is told.
        return context.GetRouteValue("id") is not string id ? ListIn(context.Request, "source")
            : PublicationId.TryParse(id, out var parsed) && await ledger.FindPublicationAsync(parsed, context.RequestAborted) is { } publication ? [publication.Source.ToString()]
            : [""];
    }

    private static string[] ListIn(HttpRequest request, string name) =>
        [.. request.Query[name].SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static string Words(Scopes scopes) => string.Join(", ", ScopeWords.Of(scopes)) is { Length: > 0 } words ? words : "none";

    private static string Listed<T>(IEnumerable<T> entries)
        where T : notnull => string.Join(", ", entries.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));
}
