using System.Text.Json;
using FluentValidation;

namespace MetricsHub.Api;

/// <summary>Refuses a body whose fields are not what the endpoint takes: all that is wrong at once, each under its name.</summary>
internal sealed class BodyFilter<TBody> : IEndpointFilter
    where TBody : class
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var rules = context.HttpContext.RequestServices.GetRequiredService<IValidator<TBody>>();
        var checking = await rules.ValidateAsync(context.Arguments.OfType<TBody>().Single(), context.HttpContext.RequestAborted);
        return checking.IsValid
            ? await next(context)
            : Problems.Invalid(checking.Errors
                .GroupBy(failure => JsonNamingPolicy.CamelCase.ConvertName(failure.PropertyName))
                .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray()));
    }
}
