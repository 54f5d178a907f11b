using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MetricsHub.Api;

/// <summary>Examples of the main answers: shortened, with made-up figures.</summary>
internal sealed class AnswerExamples : IOperationFilter
{
    private static readonly Dictionary<string, string> ByPath = new()
    {
        ["api/v1/organisations/{code}/escalation"] = ExampleTexts.Escalation,
        ["api/v1/organisations/{code}/escalation/history"] = ExampleTexts.EscalationHistory,
        ["api/v1/observations"] = ExampleTexts.Observations,
        ["api/v1/observations/latest"] = ExampleTexts.Latest,
        ["api/v1/organisations"] = ExampleTexts.Organisations,
        ["api/v1/sources"] = ExampleTexts.Sources,
        ["api/v1/organisations/{code}/escalation/declarations"] = LevelExampleTexts.Declarations,
        ["api/v1/organisations/{code}/escalation/drift"] = LevelExampleTexts.Drift,
        ["api/v1/organisations/{code}/escalation/events"] = LevelExampleTexts.Events,
        ["api/v1/organisations/{code}/escalation/health"] = LevelExampleTexts.Health,
        ["api/v1/organisations/{code}/headroom"] = LevelExampleTexts.Headroom,
        ["api/v1/keys"] = AccessExampleTexts.Keys,
        ["api/v1/actions"] = AccessExampleTexts.Actions,
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status == "200" && HttpMethods.IsGet(context.ApiDescription.HttpMethod ?? "") && ByPath.TryGetValue(context.ApiDescription.RelativePath!, out var text))
            {
                Set(response, "application/json", text);
            }

            if (status == "400")
            {
                Set(response, Problems.MediaType, ExampleTexts.Problem);
            }
        }
    }

    private static void Set(IOpenApiResponse response, string mediaType, string text)
    {
        if (response.Content is { } contents && contents.TryGetValue(mediaType, out var content) && content is OpenApiMediaType example)
        {
            example.Example = JsonNode.Parse(text);
        }
    }
}
