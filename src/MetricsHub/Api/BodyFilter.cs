using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>Refuses a JSON body that is not what the endpoint takes: everything wrong with it at once, each under its name.</summary>
internal sealed class BodyFilter<TRequest> : IEndpointFilter
    where TRequest : class
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<TRequest>().SingleOrDefault() is not { } request)
        {
            return Problems.WithStatus(StatusCodes.Status400BadRequest, "Expected a JSON object as body.");
        }

        var rules = context.HttpContext.RequestServices.GetRequiredService<IValidator<TRequest>>();
        var checking = await rules.ValidateAsync(request, context.HttpContext.RequestAborted);
        return checking.IsValid
            ? await next(context)
            : Problems.Invalid(checking.Errors
                .GroupBy(failure => NameOf(failure.PropertyName))
                .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray()));
    }

    private static string NameOf(string property) => string.Join('.', property.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(JsonNamingPolicy.CamelCase.ConvertName));
}

internal static class BodyBuilding
{
    /// <summary>What a question in JSON needs at most.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>Takes a request record as JSON, within the size of a question.</summary>
    public static RouteHandlerBuilder WithBody<TRequest>(this RouteHandlerBuilder endpoint)
        where TRequest : class =>
        endpoint
            .AddEndpointFilter<BodyFilter<TRequest>>()
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithProblem(StatusCodes.Status413PayloadTooLarge)
            .WithProblem(StatusCodes.Status415UnsupportedMediaType);
}
