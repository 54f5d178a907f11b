using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Escalation;

/// <summary>
/// Everything of the catalogue that decides a level under one version of a framework: the framework, the indicators that it scores, and
/// the metrics that these are made of. As one text it can be kept and read back, so that what judged then can judge again.
/// </summary>
/// <remarks>Who lies below whom, who serves whom and who is open when are no rules: they are inputs, and told with them.</remarks>
public sealed class FrameworkRules
{
    private FrameworkRules(Content content)
    {
        (Framework, Indicators, Metrics) = content;
        Text = CanonicalJson.Write(content);
        DecidingText = CanonicalJson.WriteDeciding(content);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DecidingText)));
    }

    public Framework Framework { get; }

    /// <summary>Those that the framework scores, by key.</summary>
    public IReadOnlyList<Indicator> Indicators { get; }

    /// <summary>Those that the indicators are made of, by key.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The rules as canonical JSON, from which they can be read back.</summary>
    public string Text { get; }

    /// <summary>
    /// The part of the text that decides, which is what is hashed: the numbers, their provenance, formulas, units and who reports. Not
    /// names, descriptions, the wording of sources, unscored parameters and breaks: mending a word is no other rule.
    /// </summary>
    public string DecidingText { get; }

    /// <summary>The SHA-256 of the deciding text in UTF-8, as 64 lower-case hexadecimal digits: equal where the same decides.</summary>
    public string Hash { get; }

    /// <exception cref="KeyNotFoundException">The framework scores an indicator, or this is made of a metric, that is not given.</exception>
    public static FrameworkRules Of(Framework framework, IReadOnlyDictionary<string, Indicator> indicators, IReadOnlyDictionary<MetricKey, Metric> metrics)
    {
        var scored = framework.Parameters
            .Select(parameter => indicators[parameter.Indicator])
            .Distinct()
            .OrderBy(indicator => indicator.Key, StringComparer.Ordinal)
            .ToList();
        var used = scored
            .SelectMany(indicator => indicator.Formulas)
            .SelectMany(formula => formula.Metrics)
            .Distinct()
            .Order()
            .Select(key => metrics[key])
            .Select(metric => metric with { ReportedBy = [.. metric.ReportedBy.Order()] });
        return new FrameworkRules(new Content(framework with { AppliesTo = [.. framework.AppliesTo.Order()] }, scored, [.. used]));
    }

    /// <summary>Reads rules back.</summary>
    /// <param name="text">The <see cref="Text"/> of rules of this engine version.</param>
    /// <exception cref="JsonException">It is not.</exception>
    public static FrameworkRules Read(string text) => new(CanonicalJson.Read<Content>(text));

    /// <summary>The arithmetic of these rules.</summary>
    public Scorer ToScorer() => new(Framework, key => Indicators.First(indicator => indicator.Key == key).ServiceDomain);

    /// <summary>The calculator that judges by these rules.</summary>
    /// <param name="shared">Who serves which systems; null where nobody does.</param>
    /// <param name="expectations">Who is open when; null where it is not known.</param>
    public EscalationCalculator CalculatorOver(OrganisationTree tree, SharedServices? shared = null, Expectations? expectations = null) => new(
        Indicators.ToDictionary(indicator => indicator.Key),
        new IndicatorCalculator(tree, Metrics.ToDictionary(metric => metric.Key), shared, expectations));

    private sealed record Content(Framework Framework, IReadOnlyList<Indicator> Indicators, IReadOnlyList<Metric> Metrics);
}
