using MetricsHub.Catalogue;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation.Explanation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

internal static class WhatIfEndpoints
{
    private static readonly string[] Unused = ["Goes into none of the readings: no framework that is read is made of it, or not of this organisation's."];

    public static void MapWhatIf(this IEndpointRouteBuilder group) =>
        group.MapPost("what-if", PostAsync).WithoutQuery().WithBody<WhatIfRequest>().JsonOnly().CanBeMissing().WithProblem(StatusCodes.Status403Forbidden);

    /// <summary>
    /// What the level would be with other inputs, by another framework or by another version, beside what it is. Nothing is stored. What was
    /// shown at the slot before stays as it was; a figure of a metric takes the place of the one that goes into the reading.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<Results<Ok<WhatIfAnswer>, ProblemHttpResult>> PostAsync(
        string code,
        [FromBody] WhatIfRequest request,
        HubCatalogue catalogue,
        RulesLibrary library,
        WhatIfReader reader,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var asOf = ApiTime.InstantOf(request.AsOf);
        var knownAt = asOf ?? clock.GetUtcNow();
        var at = ApiTime.End(request.At) ?? knownAt;
        var other = request.Framework is { } key
            ? await library.FindAsync(key, request.Version, LondonCalendar.DateOf(at.AddTicks(-1)), cancellationToken)
            : null;
        if (request.Framework is not null && other is null)
        {
            return Problems.Invalid("version", "There is no such version of this framework that this engine can judge by; see /api/v1/frameworks.");
        }

        if (other is not null && !other.Framework.AppliesTo.Contains(organisation.Kind))
        {
            return Problems.Invalid("framework", $"It does not judge an organisation of this kind, but {string.Join(", ", other.Framework.AppliesTo.Select(kind => kind.ToWord()))}.");
        }

        var supposed = request.ToSupposition();
        var result = await reader.ReadAsync(organisation, at, asOf, other, supposed, cancellationToken);
        return result.Unused.Count > 0
            ? Problems.Invalid(result.Unused.ToDictionary(
                input => $"inputs[{supposed.Inputs.Index().First(entry => entry.Item == input).Index}]", _ => Unused))
            : TypedResults.Ok(new WhatIfAnswer(OrganisationName.Of(organisation), at, knownAt, [.. result.Pairs.Select(ToItem)]));
    }

    private static WhatIfItem ToItem(WhatIfPair pair) => new(
        SideItem.Of(pair.Before.Rules, pair.Before.Reading, pair.Before.Shown),
        SideItem.Of(pair.Rules, pair.After.Reading, pair.After.Shown),
        pair.Before.Rules.Hash == pair.Rules.Hash,
        MovedInputItem.Between(pair.Before.Reading, pair.After.Reading));
}
