using System.Text.Json;
using FluentValidation;

namespace MetricsHub.Api;

/// <summary>Refuses a body whose fields are not what the endpoint takes: all that is wrong at once, each under its name.</summary>
internal sealed class BodyFilter<TBody> : IEndpointFilter
    where TBody : class
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<TBody>().SingleOrDefault() is not { } body)
        {
            // What could not be read comes here as nothing, with the status that says so already set.
            return Problems.WithStatus(StatusCodes.Status400BadRequest, "Expected a JSON body.");
        }

        var rules = context.HttpContext.RequestServices.GetRequiredService<IValidator<TBody>>();
        var checking = await rules.ValidateAsync(body, context.HttpContext.RequestAborted);
        return checking.IsValid
            ? await next(context)
            : Problems.Invalid(checking.Errors
                .GroupBy(failure => JsonNamingPolicy.CamelCase.ConvertName(failure.PropertyName))
                .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray()));
    }
}
