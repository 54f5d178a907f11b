using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MetricsHub.Api;

/// <summary>What the description of the API says of declaring a level: what is needed, how long it may be, and examples.</summary>
internal sealed class DeclarationDocument : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.Name is not (nameof(DeclarationEndpoints.DeclareAsync) or nameof(DeclarationEndpoints.EndAsync))
            || context.MethodInfo.DeclaringType != typeof(DeclarationEndpoints))
        {
            return;
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Required = true;
            if (parameter is { In: ParameterLocation.Header, Schema: OpenApiSchema key })
            {
                // The generator writes every parameter in camel case.
                parameter.Name = IdempotencyKey.Header;
                (key.Pattern, key.MinLength, key.MaxLength) = ("^[ -~]+$", 1, IdempotencyKey.Longest);
            }
        }

        var isEnd = context.MethodInfo.Name == nameof(DeclarationEndpoints.EndAsync);
        Set(operation.RequestBody!.Content!["application/json"], isEnd ? LevelExampleTexts.DeclarationEndBody : LevelExampleTexts.DeclarationBody);
        Set(operation.Responses!["200"].Content!["application/json"], isEnd ? LevelExampleTexts.DeclarationEnded : LevelExampleTexts.Declaration);
    }

    private static void Set(IOpenApiMediaType content, string example)
    {
        if (content is OpenApiMediaType media)
        {
            media.Example = JsonNode.Parse(example);
        }
    }
}
