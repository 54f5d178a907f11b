using System.Globalization;
using System.Text.Json.Nodes;

namespace MetricsHub.Simulator.Fhir;

/// <summary>
/// The beds of a hospital as a FHIR R4 MeasureReport in the shape of the Situational Awareness for Novel Epidemic Response guide
/// (SANER): a summary with a group, and a population for each figure. A figure that is not there has a reason in its place.
/// </summary>
internal static class MeasureReport
{
    private const string Saner = "http://hl7.org/fhir/us/saner";
    private const string Missing = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private const string OdsCode = "https://fhir.nhs.uk/Id/ods-organization-code";

    /// <param name="start">Of the period, in UTC.</param>
    /// <param name="end">Of the period, in UTC; the figures are of this instant.</param>
    /// <param name="figures">By SANER's code; null where the hospital has no such thing.</param>
    public static JsonObject Of(
        string organisation, string name, DateTimeOffset start, DateTimeOffset end, IEnumerable<(string Code, double? Figure)> figures)
    {
        var beds = new JsonObject
        {
            ["code"] = Code("MeasureGroupSystem", "Beds"),
            ["population"] = new JsonArray([.. figures.Select(figure => Population(figure.Code, figure.Figure))]),
        };
        return new JsonObject
        {
            ["resourceType"] = "MeasureReport",
            ["id"] = $"{organisation}-{end.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}",
            ["meta"] = new JsonObject { ["profile"] = new JsonArray($"{Saner}/StructureDefinition/PublicHealthMeasureReport") },
            ["status"] = "complete",
            ["type"] = "summary",
            ["measure"] = $"{Saner}/Measure/CDCPatientImpactAndHospitalCapacity",
            ["subject"] = Organisation(organisation, name),
            ["date"] = Instant(end),
            ["reporter"] = Organisation(organisation, name),
            ["period"] = new JsonObject { ["start"] = Instant(start), ["end"] = Instant(end) },
            ["group"] = new JsonArray(beds),
        };
    }

    private static JsonObject Population(string code, double? figure)
    {
        var population = new JsonObject { ["code"] = Code("MeasuredValues", code) };
        if (figure is { } number)
        {
            population["count"] = (int)number;
        }
        else
        {
            population["_count"] = new JsonObject
            {
                ["extension"] = new JsonArray(new JsonObject { ["url"] = Missing, ["valueCode"] = "not-applicable" }),
            };
        }

        return population;
    }

    private static JsonObject Organisation(string code, string name) => new()
    {
        ["type"] = "Organization",
        ["identifier"] = new JsonObject { ["system"] = OdsCode, ["value"] = code },
        ["display"] = name,
    };

    private static JsonObject Code(string system, string code) => new()
    {
        ["coding"] = new JsonArray(new JsonObject { ["system"] = $"{Saner}/CodeSystem/{system}", ["code"] = code }),
    };

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
