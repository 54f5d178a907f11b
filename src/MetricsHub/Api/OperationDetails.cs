using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MetricsHub.Catalogue;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MetricsHub.Api;

/// <summary>
/// What the generator cannot read from a handler: a name for each operation, the descriptions on the request records' parameters, the
/// forms that parameters take, and the errors that any address can answer with.
/// </summary>
internal sealed class OperationDetails : IOperationFilter
{
    private const string DatePattern = @"^\d{4}-\d{2}-\d{2}$";
    private static readonly Lazy<Dictionary<string, string>> Descriptions = new(ReadDescriptions);

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var path = context.ApiDescription.RelativePath!;
        operation.OperationId = (HttpMethods.IsPost(context.ApiDescription.HttpMethod ?? "") ? "post" : "get") + string.Concat(path.Replace("{", "By-", StringComparison.Ordinal)
            .Split('/', '.', '-', '}').Skip(2).Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        operation.Summary = operation.Summary?.ReplaceLineEndings(" ");

        var requests = context.MethodInfo.GetParameters().Select(parameter => parameter.ParameterType.FullName).ToList();
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= requests
                .Select(type => Descriptions.Value.GetValueOrDefault($"{type}.{parameter.Name}"))
                .FirstOrDefault(text => text is not null);
            if (parameter.Schema is OpenApiSchema schema)
            {
                Constrain(parameter.Name!, schema);
            }
        }

        var problem = operation.Responses!["400"].Content![Problems.MediaType].Schema;
        foreach (var (status, description) in new[] { ("405", "Method Not Allowed"), ("500", "Internal Server Error"), ("503", "Service Unavailable") })
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, IOpenApiMediaType> { [Problems.MediaType] = new OpenApiMediaType { Schema = problem } },
            });
        }

        DescribeFormats(operation, context, path);
    }

    private static void DescribeFormats(OpenApiOperation operation, OperationFilterContext context, string path)
    {
        if (!operation.Responses!.TryGetValue("200", out var answer))
        {
            return;
        }

        var formats = answer.Content!;
        if (formats.TryGetValue("text/csv", out var csv) && csv is OpenApiMediaType file)
        {
            file.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        if (path.EndsWith(".csv", StringComparison.Ordinal))
        {
            formats.Remove("application/json");
            operation.Responses.Remove("406");
        }
        else if (path == "api/v1/observations" && HttpMethods.IsGet(context.ApiDescription.HttpMethod ?? "") && formats["application/json"] is OpenApiMediaType json)
        {
            // With a step the same address answers with steps.
            json.Schema = new OpenApiSchema
            {
                OneOf = [json.Schema!, context.SchemaGenerator.GenerateSchema(typeof(StepsAnswer), context.SchemaRepository)],
            };
        }
    }

    private static void Constrain(string name, OpenApiSchema schema)
    {
        switch (name)
        {
            case "code" or "parent":
                (schema.Pattern, schema.MaxLength) = ("^[A-Za-z0-9]{1,10}$", 10);
                break;
            case "key" or "source" or "framework" or "serviceDomain":
                (schema.Pattern, schema.MaxLength) = ("^[a-z0-9]+(-[a-z0-9]+)*$", 80);
                break;
            case "id" or "publication":
                (schema.Pattern, schema.MaxLength) = ("^[0-9A-Fa-f]{64}$", 64);
                break;
            case "metric" or "organisation":
                schema.MaxItems = ParameterRules.MaximumListLength;
                break;
            case "date":
                (schema.Format, schema.Pattern) = ("date", DatePattern);
                break;
            case "asOf" or "and":
                (schema.Format, schema.MaxLength) = ("date-time", 40);
                break;
            case "from" or "to" or "at":
                schema.MaxLength = 40;
                break;
            case "limit":
                (schema.Type, schema.Minimum, schema.Maximum, schema.Default) = (JsonSchemaType.Integer, "1", "1000", JsonValue.Create(Paging.DefaultLimit));
                break;
            case "cursor":
                schema.MaxLength = 400;
                break;
            case "withoutParent" or "gaps":
                schema.Type = JsonSchemaType.Boolean;
                break;
            case "kind":
                schema.Enum = Words(CatalogueWords.OrganisationKinds.Keys);
                break;
            case "step":
                schema.Enum = Words(ObservationWords.Steps.Keys);
                break;
            case "aggregate":
                schema.Enum = Words(ObservationWords.Aggregates.Keys);
                break;
        }
    }

    private static List<JsonNode> Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)JsonValue.Create(word))];

    /// <summary>The <c>param</c> tags of the request records: the compiler files them under the type, where the generator does not look.</summary>
    private static Dictionary<string, string> ReadDescriptions()
    {
        var file = Path.ChangeExtension(typeof(OperationDetails).Assembly.Location, ".xml");
        return XDocument.Load(file).Descendants("member")
            .Where(member => member.Attribute("name")!.Value.EndsWith("Request", StringComparison.Ordinal))
            .SelectMany(member => member.Elements("param").Select(param => (
                Name: $"{member.Attribute("name")!.Value[2..]}.{JsonNamingPolicy.CamelCase.ConvertName(param.Attribute("name")!.Value)}",
                Text: string.Join(' ', param.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))
            .ToDictionary(pair => pair.Name, pair => pair.Text);
    }
}

/// <summary>Says of answers that they may gain properties: a client that refuses unknown ones would break with every addition.</summary>
internal sealed class OpenSchemas : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema answer)
        {
            answer.AdditionalPropertiesAllowed = true;
        }
    }
}
