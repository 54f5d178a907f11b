using System.Text.Json.Nodes;
using MetricsHub.Api.Boards;
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
        ["api/v1/organisations/{code}/escalation/roll-up"] = RollUpExample.Text,
        ["api/v1/organisations/{code}/escalation/explain"] = ExplanationExamples.Explanation,
        ["api/v1/organisations/{code}/escalation/compare"] = ExplanationExamples.Comparison,
        ["api/v1/evaluation"] = ExampleTexts.Evaluation,
        ["api/v1/frameworks/{key}/differences"] = ExampleTexts.Differences,
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
        ["api/v1/actions/check"] = AccessExampleTexts.ActionChain,
        ["api/v1/backups"] = AccessExampleTexts.Backups,
    };

    private static readonly Dictionary<string, (string Question, string Answer)> Posted = new()
    {
        ["api/v1/organisations/{code}/escalation/what-if"] = (ExplanationExamples.WhatIfQuestion, ExplanationExamples.WhatIf),
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var (path, isGet) = (context.ApiDescription.RelativePath!, HttpMethods.IsGet(context.ApiDescription.HttpMethod ?? ""));
        if (!isGet && Posted.TryGetValue(path, out var posted))
        {
            Set(operation.RequestBody?.Content, "application/json", posted.Question);
            Set(operation.Responses?["200"].Content, "application/json", posted.Answer);
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status == "200" && isGet && (ByPath.TryGetValue(path, out var text) || BoardExamples.ByPath.TryGetValue(path, out text)))
            {
                Set(response.Content, "application/json", text);
            }

            if (status == "400")
            {
                Set(response.Content, Problems.MediaType, ExampleTexts.Problem);
            }
        }
    }

    private static void Set(IDictionary<string, IOpenApiMediaType>? contents, string mediaType, string text)
    {
        if (contents is not null && contents.TryGetValue(mediaType, out var content) && content is OpenApiMediaType example)
        {
            example.Example = JsonNode.Parse(text);
        }
    }
}
