using MetricsHub.Access;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Jobs;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Replays that were accepted and are done soon; each publication says when its own is.</summary>
/// <param name="Items">The publications that are read again; none where there is nothing to read again.</param>
/// <param name="NotReadable">Those that something of was refused as well, and that cannot be read again.</param>
/// <param name="Next">Always null: the lists are whole.</param>
internal sealed record ReplaysAnswer(IReadOnlyList<ReplayItem> Items, IReadOnlyList<NotReadableItem> NotReadable, string? Next);

/// <summary>One publication that cannot be read again.</summary>
/// <param name="Publication">The id of the publication.</param>
/// <param name="FileName">The publication's file name.</param>
/// <param name="Reason">Why not, in words.</param>
internal sealed record NotReadableItem(string Publication, string FileName, string Reason)
{
    public static NotReadableItem Of(Publication publication) => new(publication.Id.ToString(), publication.FileName, WhyNot(publication));

    public static string WhyNot(Publication publication) => publication.BytesRemovedAt is { } removed
        ? $"The archived bytes of this publication were removed on {removed.UtcDateTime:yyyy-MM-dd}; there is nothing to read again."
        : "The bytes of this publication are not in the archive; there is nothing to read again.";
}

/// <summary>One publication that is read again from its archived bytes.</summary>
/// <param name="Publication">The id of the publication.</param>
/// <param name="FileName">The publication's file name.</param>
/// <param name="Replay">The number of the replay: it is done when the publication's own <c>replay</c> is this.</param>
/// <param name="Address">Where to look.</param>
/// <param name="Rejections">Where what is refused of it is listed.</param>
internal sealed record ReplayItem(string Publication, string FileName, int Replay, string Address, string Rejections)
{
    public static ReplayItem Of(Publication publication) => new(
        publication.Id.ToString(),
        publication.FileName,
        publication.ReplaysAsked,
        $"{ApiSetup.Root}/publications/{publication.Id}",
        $"{ApiSetup.Root}/rejections?publication={publication.Id}");
}

/// <summary>Reading again what was refused, after the rule, the catalogue or the parser has been put right.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("publications/{id}/replay", ReplayPublicationAsync).WithTags("Publications")
            .WithoutQuery().JsonOnly().CanBeMissing().WithProblem(StatusCodes.Status403Forbidden).WithProblem(StatusCodes.Status409Conflict);
        routes.MapPost("sources/{key}/replay", ReplaySourceAsync).WithTags("Sources")
            .WithoutQuery().JsonOnly().CanBeMissing().WithProblem(StatusCodes.Status403Forbidden);
    }

    /// <summary>
    /// Reads a publication again from its archived bytes, by today's catalogue, checks and parser. What it then states replaces what it
    /// stated; what was known before stays readable with asOf.
    /// </summary>
    /// <param name="id">The SHA-256 of the publisher's bytes: 64 hexadecimal digits.</param>
    internal static async Task<Results<Accepted<ReplaysAnswer>, ProblemHttpResult>> ReplayPublicationAsync(
        string id, ILedger ledger, Replays replays, HubCatalogue catalogue, HttpContext context, CancellationToken cancellationToken)
    {
        if (!PublicationId.TryParse(id, out var parsed) || await ledger.FindPublicationAsync(parsed, cancellationToken) is not { } publication)
        {
            return Problems.NotFound("There is no publication with this id; see /api/v1/publications.");
        }

        if (!catalogue.Sources.ContainsKey(publication.Source))
        {
            return Problems.Conflict($"The source {publication.Source} is no longer in the catalogue; nothing can read its publications.");
        }

        return await replays.CanReplayAsync(publication.Id, cancellationToken)
            ? Accepted($"{ApiSetup.Root}/publications/{publication.Id}", await replays.AskAsync(publication.Source, [publication.Id], Caller.ActorOf(context), cancellationToken), [])
            : Problems.Conflict(NotReadableItem.WhyNot(publication));
    }

    /// <summary>
    /// Reads again, from their archived bytes, all publications of a source that were refused as a whole or in part. Those whose bytes are
    /// not kept are listed beside them.
    /// </summary>
    /// <param name="key">The source's key.</param>
    internal static async Task<Results<Accepted<ReplaysAnswer>, ProblemHttpResult>> ReplaySourceAsync(
        string key, ILedger ledger, Replays replays, HubCatalogue catalogue, HttpContext context, CancellationToken cancellationToken)
    {
        if (!SourceKey.TryParse(key, out var source) || !catalogue.Sources.ContainsKey(source))
        {
            return Problems.NotFound("There is no source with this key; see /api/v1/sources.");
        }

        var found = await ledger.ListPublicationsWithRejectionsAsync(source, cancellationToken);
        var (archived, gone) = (new List<PublicationId>(), new List<Publication>());
        foreach (var publication in found)
        {
            if (await replays.CanReplayAsync(publication.Id, cancellationToken))
            {
                archived.Add(publication.Id);
            }
            else
            {
                gone.Add(publication);
            }
        }

        return Accepted($"{ApiSetup.Root}/publications?source={source}", await replays.AskAsync(source, archived, Caller.ActorOf(context), cancellationToken), gone);
    }

    private static Accepted<ReplaysAnswer> Accepted(string address, IReadOnlyList<Publication> asked, IReadOnlyList<Publication> gone) =>
        TypedResults.Accepted(address, new ReplaysAnswer([.. asked.Select(ReplayItem.Of)], [.. gone.Select(NotReadableItem.Of)], Next: null));
}
