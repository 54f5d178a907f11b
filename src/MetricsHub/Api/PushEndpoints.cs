using System.Data.Common;
using FluentValidation;
using MetricsHub.Access;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>To whom figures are pushed.</summary>
/// <param name="Source">The key of a source that takes pushes.</param>
internal sealed record PushRequest(string? Source);

internal sealed class PushRequestRules : AbstractValidator<PushRequest>
{
    public PushRequestRules(HubCatalogue catalogue)
    {
        var takers = catalogue.Sources.Values.Where(source => source.TakesPushes).Select(source => source.Key.ToString()).Order(StringComparer.Ordinal).ToList();
        RuleFor(request => request.Source).Must(text => text is not null && takers.Contains(text))
            .WithMessage(takers.Count == 0 ? "No source of this hub takes pushes." : $"Expected a source that takes pushes: {string.Join(", ", takers)}.");
    }
}

internal static partial class PushEndpoints
{
    private const int RetryAfterSeconds = 30;

    public static void MapPushes(this IEndpointRouteBuilder routes) =>
        routes.MapPost("observations", PushAsync).WithTags("Observations").WithQuery<PushRequest>().JsonOnly().Produces<PushAnswer>().Produces<PushWaitingAnswer>(StatusCodes.Status202Accepted)
            .WithProblem(StatusCodes.Status403Forbidden)
            .WithProblem(StatusCodes.Status408RequestTimeout)
            .WithProblem(StatusCodes.Status409Conflict)
            .WithProblem(StatusCodes.Status413PayloadTooLarge)
            .WithProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithProblem(StatusCodes.Status422UnprocessableEntity)
            .WithProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>
    /// Takes in figures that are sent to the hub, and says of every row what became of it. A push goes the way of everything that is
    /// collected and shows among the publications. Sent again under the same key it changes nothing and has the same answer; the answer
    /// comes when what it says is on the disk. While the store of the observations is away a push is kept, answered with 202, and stored
    /// when the store is back.
    /// </summary>
    /// <param name="request">To whom.</param>
    /// <param name="idempotencyKey">The sender's name for this push: 1 to 200 printable ASCII characters, never the same for another body.</param>
    internal static async Task<IResult> PushAsync(
        [AsParameters] PushRequest request,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        HubCatalogue catalogue,
        [FromServices] PushReceiver receiver,
        [FromServices] Evaluations evaluations,
        TimeProvider clock,
        ILoggerFactory loggers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.IsGiven(context, idempotencyKey))
        {
            return IdempotencyKey.NotGiven();
        }

        if (PushBody.MediaTypeOf(context.Request) is not { } mediaType)
        {
            return Problems.WithStatus(
                StatusCodes.Status415UnsupportedMediaType, $"Expected one of {string.Join(", ", PushReceiver.MediaTypes)}, in UTF-8 and without a content encoding.");
        }

        var source = catalogue.Sources[new SourceKey(request.Source!)];
        var (bytes, problem) = await PushBody.ReadAsync(context, source.MaximumBytes, clock, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        try
        {
            var sender = Caller.Known(context);
            var outcome = await receiver.ReceiveAsync(source, new PushedBody(idempotencyKey!, sender.Actor, mediaType, bytes, sender.Grants), cancellationToken);
            if (outcome is PushOfOthers others)
            {
                Log.OfOthers(loggers.CreateLogger(typeof(PushEndpoints)), sender.Actor, source.Key, others.Rows.Count);
            }

            if (outcome is PushTaken)
            {
                evaluations.Wake();
            }

            return Answer(outcome);
        }
        catch (Exception exception) when (exception is IOException or DbException)
        {
            Log.NotStored(loggers.CreateLogger(typeof(PushEndpoints)), source.Key, exception);
            context.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            return Problems.WithStatus(
                StatusCodes.Status503ServiceUnavailable, "The push could not be stored. Send it again under the same key: what was done of it is not done twice.");
        }
    }

    private static IResult Answer(PushOutcome outcome) => outcome switch
    {
        PushTaken taken => TypedResults.Ok(PushAnswer.Of(taken)),
        PushWaiting { Publication: var waiting } => Waiting($"{ApiSetup.Root}/publications/{waiting.Id}", waiting.Id),
        PushRefused refused => Problems.WithStatus(StatusCodes.Status422UnprocessableEntity, refused.Reason),
        PushOfOthers others => Problems.WithStatus(
            StatusCodes.Status403Forbidden,
            $"You are limited to some organisations. Row {others.Rows[0]}{(others.Rows.Count > 1 ? $" and {others.Rows.Count - 1} more are" : " is")} about others, or not readably about yours; nothing of the push is kept."),
        PushKeyUsed => Problems.Conflict("The key was used for another body before. A push that says something else needs a key of its own."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome of a push."),
    };

    private static Accepted<PushWaitingAnswer> Waiting(string address, PublicationId id) =>
        TypedResults.Accepted(address, new PushWaitingAnswer(id.ToString(), address));

    private static partial class Log
    {
        [LoggerMessage(EventId = 3010, Level = LogLevel.Error, Message = "{Source}: a push could not be stored")]
        public static partial void NotStored(ILogger logger, SourceKey source, Exception exception);

        [LoggerMessage(EventId = 5202, Level = LogLevel.Warning, Message = "{Actor} was not let in with a push to {Source}: {Rows} rows are not about those that they may speak for")]
        public static partial void OfOthers(ILogger logger, string actor, SourceKey source, int rows);
    }
}
