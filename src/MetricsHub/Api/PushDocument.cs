using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MetricsHub.Api;

/// <summary>What the description of the API says of pushes: their body in its three forms, which no handler's signature tells, and examples.</summary>
internal sealed class PushDocument : IOperationFilter
{
    private const string Json = """
        [
          { "metric": "acute-beds-occupied-now", "organisation": "SIMH1", "at": "2026-11-22T10:15:00Z", "value": 431 },
          { "metric": "acute-beds-open-now", "organisation": "SIMH1", "at": "2026-11-22T10:15:00Z", "absence": "late" }
        ]
        """;

    private const string Csv = """
        metric,organisation,at,value,absence
        acute-beds-occupied-now,SIMH1,2026-11-22T10:15:00Z,431,
        acute-beds-open-now,SIMH1,2026-11-22T10:15:00Z,,late
        """;

    private const string Fhir = """
        {
          "resourceType": "MeasureReport",
          "status": "complete",
          "type": "summary",
          "measure": "http://hl7.org/fhir/us/saner/Measure/CDCPatientImpactAndHospitalCapacity",
          "subject": { "identifier": { "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "SIMH1" } },
          "period": { "start": "2026-11-22T10:00:00Z", "end": "2026-11-22T10:15:00Z" },
          "group": [
            {
              "code": { "coding": [{ "code": "Beds" }] },
              "population": [
                { "code": { "coding": [{ "code": "numBedsOcc" }] }, "count": 431 },
                {
                  "code": { "coding": [{ "code": "numbeds" }] },
                  "_count": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] }
                }
              ]
            }
          ]
        }
        """;

    private const string Answer = """
        {
          "publication": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
          "accepted": 1,
          "rejected": 1,
          "rows": [
            { "row": 1, "status": "accepted", "field": null, "reason": null },
            { "row": 2, "status": "rejected", "field": "metric", "reason": "'acute-beds' is no metric that this source states" }
          ]
        }
        """;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.DeclaringType != typeof(PushEndpoints))
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

        var row = context.SchemaGenerator.GenerateSchema(typeof(PushRow), context.SchemaRepository);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Rows, at most 50,000; or summary reports in FHIR R4, whose populations are the rows.",
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = row, MinItems = 1, MaxItems = 50_000 },
                    Example = JsonNode.Parse(Json),
                },
                ["text/csv"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = Csv },
                ["application/fhir+json"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object }, Example = JsonNode.Parse(Fhir) },
            },
        };
        if (operation.Responses!["200"].Content!["application/json"] is OpenApiMediaType answer)
        {
            answer.Example = JsonNode.Parse(Answer);
        }
    }
}
