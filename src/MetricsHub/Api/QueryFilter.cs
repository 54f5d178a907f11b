using System.Reflection;
using System.Text.Json;
using FluentValidation;

namespace MetricsHub.Api;

/// <summary>
/// Refuses a request whose query is not what the endpoint takes: unknown parameters, repeated ones, wrong values, all at once and each
/// under its name.
/// </summary>
internal sealed class QueryFilter<TRequest> : IEndpointFilter
    where TRequest : class
{
    // A parameter that may be repeated is declared as an array.
    private static readonly Dictionary<string, bool> RepeatableByName = typeof(TRequest)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => NameOf(property.Name), property => property.PropertyType.IsArray, StringComparer.OrdinalIgnoreCase);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var errors = QueryErrors.Find(context.HttpContext.Request.Query, RepeatableByName);
        var request = context.Arguments.OfType<TRequest>().Single();
        var rules = context.HttpContext.RequestServices.GetRequiredService<IValidator<TRequest>>();
        var checking = await rules.ValidateAsync(request, context.HttpContext.RequestAborted);
        foreach (var failure in checking.Errors)
        {
            QueryErrors.Add(errors, NameOf(failure.PropertyName), failure.ErrorMessage);
        }

        return errors.Count == 0 ? await next(context) : QueryErrors.ToProblem(errors);
    }

    private static string NameOf(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}

/// <summary>For endpoints that take no query at all.</summary>
internal sealed class NoQueryFilter : IEndpointFilter
{
    private static readonly Dictionary<string, bool> None = [];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var errors = QueryErrors.Find(context.HttpContext.Request.Query, None);
        return errors.Count == 0 ? await next(context) : QueryErrors.ToProblem(errors);
    }
}

internal static class QueryErrors
{
    public static Dictionary<string, List<string>> Find(IQueryCollection query, Dictionary<string, bool> repeatableByName)
    {
        var errors = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in query)
        {
            if (!repeatableByName.TryGetValue(name, out var repeatable))
            {
                var known = repeatableByName.Count == 0 ? "This address takes no parameter." : $"Known are: {string.Join(", ", repeatableByName.Keys)}.";
                Add(errors, name.Length > 80 ? name[..80] : name, $"Unknown parameter. {known}");
            }
            else if (values.Count > 1 && !repeatable)
            {
                Add(errors, name, "Given more than once.");
            }
        }

        return errors;
    }

    public static void Add(Dictionary<string, List<string>> errors, string name, string message)
    {
        if (!errors.TryGetValue(name, out var messages))
        {
            errors.Add(name, messages = []);
        }

        messages.Add(message);
    }

    public static IResult ToProblem(Dictionary<string, List<string>> errors) =>
        Problems.Invalid(errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
}
