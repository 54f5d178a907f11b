using System.Globalization;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace MetricsHub.Sources.Pushes;

/// <summary>
/// Rows in FHIR R4: a summary MeasureReport in the SANER shape, or a Bundle of them; every population of every group is a row. Whom it is
/// about is the ODS code of its subject, else of its reporter.
/// </summary>
internal static class FhirReports
{
    private const string Expected = "a FHIR R4 MeasureReport, or a Bundle of them";
    private const string OdsCode = "https://fhir.nhs.uk/Id/ods-organization-code";
    private const string DataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private const int LongestMessage = 300;

    /// <summary>
    /// Why a count is not there, in the hub's words. Reasons that stand for a figure which is no number (as-text, not-a-number and the
    /// infinities) are not among them: such a row is refused.
    /// </summary>
    private static readonly Dictionary<string, string> Absences = new()
    {
        ["unknown"] = "late",
        ["asked-unknown"] = "late",
        ["temp-unknown"] = "late",
        ["not-asked"] = "not-due",
        ["asked-declined"] = "suppressed",
        ["masked"] = "suppressed",
        ["not-permitted"] = "suppressed",
        ["not-applicable"] = "not-applicable",
        ["not-performed"] = "not-applicable",
        ["unsupported"] = "not-applicable",
        ["error"] = "source-down",
    };

    /// <exception cref="PublicationFormatException">It is no such resource, or a report that the hub must not read as figures.</exception>
    public static List<PushedRow> Read(ReadOnlyMemory<byte> bytes, FhirMapping? mapping)
    {
        if (mapping is null)
        {
            throw new PublicationFormatException("rows in JSON or CSV", "a JSON object, and the source maps no FHIR report");
        }

        var rows = new List<PushedRow>();
        foreach (var (place, resource) in ResourcesIn(Deserialize(bytes.Span)))
        {
            var report = resource as MeasureReport ?? throw new PublicationFormatException(Expected, $"{place}: {resource?.TypeName ?? "no resource"}");
            Check(place, report, mapping);
            AddRows(report, mapping, rows);
        }

        return rows;
    }

    private static Resource Deserialize(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return FhirJsonDeserializer.STRICT.DeserializeResource(Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes));
        }
        catch (Exception exception) when (exception is DeserializationFailedException or JsonException)
        {
            var message = exception.Message.Length <= LongestMessage ? exception.Message : exception.Message[..LongestMessage] + "…";
            throw new PublicationFormatException(Expected, $"what FHIR does not allow: {message.TrimEnd('.')}", exception);
        }
    }

    private static IEnumerable<(string Place, Resource? Resource)> ResourcesIn(Resource resource) =>
        resource is Bundle bundle
            ? bundle.Entry.Select((entry, index) => ($"Bundle.entry[{index}]", (Resource?)entry.Resource))
            : [(resource.TypeName, resource)];

    private static void Check(string place, MeasureReport report, FhirMapping mapping)
    {
        var measure = report.Measure?.Split('|')[0] ?? "";
        var found = report switch
        {
            // Any other kind tells of single patients.
            { Type: not MeasureReport.MeasureReportType.Summary } => $"{place} of type {report.Type}",
            { Status: not (MeasureReport.MeasureReportStatus.Complete or MeasureReport.MeasureReportStatus.Pending) } => $"{place} with the status {report.Status}",
            _ when mapping.Measures.Count > 0 && !mapping.Measures.Contains(measure) => $"{place} of the measure '{RowFields.Cut(measure)}', which the source does not map",

            // FHIR: whoever does not understand one of these must not use what it stands on.
            _ when report.ImplicitRules is not null || report.ModifierExtension.Count > 0 || report.Group.Exists(IsModified) =>
                $"{place} with implicit rules or a modifier extension, which may change the meaning of every figure",
            _ => null,
        };
        if (found is not null)
        {
            throw new PublicationFormatException("summary reports, complete or pending, of the measures that the source maps", found);
        }
    }

    private static bool IsModified(MeasureReport.GroupComponent group) =>
        group.ModifierExtension.Count > 0 || group.Population.Exists(population => population.ModifierExtension.Count > 0);

    private static void AddRows(MeasureReport report, FhirMapping mapping, List<PushedRow> rows)
    {
        var organisation = new[] { report.Subject?.Identifier, report.Reporter?.Identifier }.FirstOrDefault(identifier => identifier?.System == OdsCode)?.Value;
        var time = new ReportedPeriod(report.Period?.Start, report.Period?.End);
        foreach (var group in report.Group)
        {
            foreach (var population in group.Population)
            {
                rows.Add(RowOf(rows.Count + 1, group, population, organisation, time, mapping));
            }
        }
    }

    private static PushedRow RowOf(
        int number, MeasureReport.GroupComponent group, MeasureReport.PopulationComponent population, string? organisation, ReportedPeriod time, FhirMapping mapping)
    {
        var (groups, codes) = (CodesOf(group.Code), CodesOf(population.Code));
        var name = $"{string.Join(' ', groups)}/{string.Join(' ', codes)}";
        var count = population.Count?.ToString(CultureInfo.InvariantCulture);
        var reason = population.CountElement?.Extension.Where(extension => extension.Url == DataAbsentReason).Select(extension => extension.Value).OfType<Code>().FirstOrDefault()?.Value;

        string[] keys = [.. groups.SelectMany(_ => codes, (first, second) => $"{first}/{second}"), .. codes];
        if (keys.FirstOrDefault(mapping.Populations.ContainsKey) is not { } key)
        {
            return PushedRow.Unreadable(number, new RowProblem("population", $"the mapping has no metric for '{RowFields.Cut(name)}'"), () => $"{name} = {count ?? reason}");
        }

        return organisation is null
            ? PushedRow.Unreadable(number, new RowProblem("subject", $"neither subject nor reporter bears an identifier of the system {OdsCode}"), () => $"{name} = {count ?? reason}")
            : new PushedRow(
                number, mapping.Populations[key].ToString(), organisation, time, count, reason is null ? null : Absences.GetValueOrDefault(reason, reason),
                () => $"{name} = {count ?? reason}");
    }

    private static string[] CodesOf(CodeableConcept? concept) => [.. (concept?.Coding ?? []).Select(coding => coding.Code).OfType<string>()];
}
