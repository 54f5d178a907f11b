using System.Text.Json.Nodes;
using MetricsHub.Access;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MetricsHub.Api;

/// <summary>What the description of the API says of keys: the two headers, the scope of each operation, and the refusals.</summary>
internal sealed class AccessDocument : IOperationFilter
{
    private const string Bearer = "bearer";
    private const string KeyHeader = "apiKey";

    public static void Describe(SwaggerGenOptions options)
    {
        options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key of the hub in the header Authorization. A hub that answers its own machine only asks for none.",
        });
        options.AddSecurityDefinition(KeyHeader, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = Recogniser.KeyHeader,
            Description = "The same key in a header of its own.",
        });
        options.OperationFilter<AccessDocument>();
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault() is not { } rule)
        {
            return;
        }

        List<string> scopes = [.. ScopeWords.Of(rule.Scope)];
        operation.Security =
        [
            .. new[] { Bearer, KeyHeader }.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = scopes }),
        ];
        var problem = operation.Responses!["400"].Content![Problems.MediaType].Schema;
        foreach (var (status, description) in new[] { ("401", "Not recognised"), ("403", "Forbidden"), ("429", "Too many requests; Retry-After says when to ask again") })
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, IOpenApiMediaType> { [Problems.MediaType] = new OpenApiMediaType { Schema = problem } },
            });
        }

        if (context.MethodInfo.DeclaringType == typeof(KeyEndpoints) && context.MethodInfo.Name == nameof(KeyEndpoints.CreateAsync)
            && operation.RequestBody!.Content!["application/json"] is OpenApiMediaType body)
        {
            body.Example = JsonNode.Parse(AccessExampleTexts.KeyBody);
        }
    }
}
