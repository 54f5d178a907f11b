using System.Security.Cryptography;
using System.Text;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// What a framework's readings rest on besides figures: its rules, the organisations, who serves whom,
/// opening hours, and the arithmetic of this program. What was evaluated on another basis is evaluated again.
/// </summary>
internal sealed class EvaluationBasis
{
    private readonly Dictionary<FrameworkVersion, string> hashes;

    public EvaluationBasis(HubCatalogue catalogue)
    {
        var common = CommonText(catalogue);
        hashes = catalogue.Frameworks.ToDictionary(FrameworkVersion.Of, framework => HashOf(catalogue, framework, common));
    }

    /// <summary>A SHA-256 in lower-case hexadecimal digits: equal where every figure would give the same readings.</summary>
    public string HashOf(Framework framework) => hashes[FrameworkVersion.Of(framework)];

    private static string HashOf(HubCatalogue catalogue, Framework framework, string common)
    {
        var timed = catalogue.MetricsOf(framework).Where(metric => IsTimed(catalogue, metric)).Order();
        var text = $"{catalogue.RulesOf(framework).Hash}\n{string.Join('\n', timed)}\n{common}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string CommonText(HubCatalogue catalogue)
    {
        var text = new StringBuilder().AppendLine(typeof(EscalationCalculator).Assembly.ManifestModule.ModuleVersionId.ToString());
        Append(text, catalogue.Organisations.All.Select(organisation => $"{organisation.Code} {organisation.Kind} {organisation.Valid}"));
        Append(text, catalogue.Organisations.Relations.Select(relation => $"{relation.Child} in {relation.Parent} {relation.Valid}"));
        Append(text, catalogue.SharedServices.Relations.Select(relation => $"{relation.Provider} serves {relation.System} {relation.ServiceDomain} {relation.Valid}"));
        Append(text, catalogue.Expectations.Hours.Relations.Select(relation => $"{relation.Organisation} opens {relation.ServiceDomain} {relation.Valid} {relation.Calendar}"));
        Append(text, catalogue.BankHolidays.All.Select(holiday => $"{holiday.Date:O}"));
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines.Order(StringComparer.Ordinal))
        {
            text.AppendLine(line);
        }
    }

    /// <summary>Opening hours count only for metrics that some source states by a timetable.</summary>
    private static bool IsTimed(HubCatalogue catalogue, MetricKey metric) => catalogue.Expectations.Find(new SeriesKey(metric, default)) is not null;
}
