using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Api.Boards;

/// <summary>What all boards have in common: how they are asked for, and the forms in which they are answered.</summary>
internal sealed class BoardDesk(HubCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Of one organisation.</summary>
    /// <param name="at">As it was asked for; null for now.</param>
    public Task<IResult> AnswerAsync<TRow>(
        string code, string? at, HttpContext context, Func<Organisation, DateTimeOffset, Task<IReadOnlyList<TRow>>> read) =>
        OrganisationEndpoints.Find(code, catalogue) is { } organisation
            ? AnswerAsync(at, context, instant => read(organisation, instant))
            : Task.FromResult<IResult>(OrganisationEndpoints.NotFound());

    /// <summary>Of the hub as a whole.</summary>
    public async Task<IResult> AnswerAsync<TRow>(string? at, HttpContext context, Func<DateTimeOffset, Task<IReadOnlyList<TRow>>> read)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        var now = clock.GetUtcNow();
        AnswerLife.EndsWithTheSlot(context, now);
        var instant = ApiTime.End(at) is { } asked && asked < now ? asked : now;
        var rows = await read(instant);
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<TRow>(FileNameOf(context.Request), BoardColumns<TRow>.Names, rows, BoardColumns<TRow>.Write, next: null)
            : TypedResults.Ok(new BoardAnswer<TRow>(instant, rows, Next: null));
    }

    private static string FileNameOf(HttpRequest request) => Path.GetFileNameWithoutExtension(request.Path.Value!) + ".csv";
}
