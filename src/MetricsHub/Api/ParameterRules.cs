using System.Globalization;
using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Api;

/// <summary>The rules that query parameters share. Parameters arrive as text, so that everything wrong with a request is said at once.</summary>
internal static class ParameterRules
{
    public const int MaximumListLength = 100;

    public static bool TryParseLimit(string? text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Paging.MaximumLimit;

    /// <summary>The entries of a parameter that can be repeated or comma separated, each once.</summary>
    public static IReadOnlyList<string> Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    public static void IsWord<T, TEnum>(this IRuleBuilder<T, string?> rule, IReadOnlyDictionary<string, TEnum> words) =>
        rule.Must(text => text is null || words.ContainsKey(text))
            .WithMessage($"Expected one of: {string.Join(", ", words.Keys)}.");

    public static void IsLimit<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || TryParseLimit(text, out _))
            .WithMessage($"Expected a whole number from 1 to {Paging.MaximumLimit}.");

    public static void IsDate<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || ApiTime.TryParseDate(text, out _)).WithMessage("Expected a date (2026-03-31).");

    public static void IsDateOrInstant<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || ApiTime.TryParseStart(text, out _)).WithMessage(ApiTime.DateOrInstant);

    public static void IsBoolean<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null or "true" or "false").WithMessage("Expected true or false.");

    /// <summary>An instant of knowing. What will be known later cannot be said today.</summary>
    public static void IsAsOf<T>(this IRuleBuilder<T, string?> rule, TimeProvider clock)
    {
        rule.Must(text => text is null || ApiTime.TryParseInstant(text, out _)).WithMessage(ApiTime.Instant);
        rule.Must(text => !ApiTime.TryParseInstant(text, out var asOf) || asOf <= clock.GetUtcNow())
            .WithMessage("Lies in the future; what will be known then cannot be said now.");
    }

    public static void IsSource<T>(this IRuleBuilder<T, string?> rule, HubCatalogue catalogue) =>
        rule.Must(text => text is null || (SourceKey.TryParse(text, out var key) && catalogue.Sources.ContainsKey(key)))
            .WithMessage("There is no source with this key; see /api/v1/sources.");

    public static void IsFramework<T>(this IRuleBuilder<T, string?> rule, HubCatalogue catalogue) =>
        rule.Must(text => text is null || catalogue.Frameworks.Any(framework => framework.Key == text))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");

    public static void IsOrganisation<T>(this IRuleBuilder<T, string?> rule, HubCatalogue catalogue) =>
        rule.Must(text => text is null || IsOrganisation(text, catalogue))
            .WithMessage("There is no organisation with this code; see /api/v1/organisations.");

    public static void AreMetrics<T>(this IRuleBuilder<T, string[]?> rule, HubCatalogue catalogue)
    {
        rule.IsShortList();
        rule.Must(values => !Unknown(values, entry => IsMetric(entry, catalogue)).Any())
            .WithMessage((_, values) => $"No such metric: {Listed(Unknown(values, entry => IsMetric(entry, catalogue)))}; see /api/v1/metrics.");
    }

    /// <summary>Codes of the catalogue, and those that figures are stated for although it does not know them.</summary>
    public static void AreOrganisations<T>(
        this IRuleBuilder<T, string[]?> rule, HubCatalogue catalogue, UncataloguedOrganisations uncatalogued)
    {
        rule.IsShortList();
        rule.CustomAsync(async (values, context, cancellationToken) =>
        {
            string[] unknown = [.. Unknown(values, entry => IsOrganisation(entry, catalogue))];
            if (unknown.Length == 0)
            {
                return;
            }

            var stated = await uncatalogued.ListAsync(cancellationToken);
            string[] nowhere = [.. unknown.Where(entry => !(OrganisationCode.TryParse(entry, out var code) && stated.Contains(code)))];
            if (nowhere.Length > 0)
            {
                context.AddFailure($"No such organisation: {Listed(nowhere)}; see /api/v1/organisations.");
            }
        });
    }

    private static void IsShortList<T>(this IRuleBuilder<T, string[]?> rule) =>
        rule.Must(values => Split(values).Count <= MaximumListLength).WithMessage($"Lists at most {MaximumListLength} entries.");

    private static bool IsMetric(string text, HubCatalogue catalogue) =>
        MetricKey.TryParse(text, out var key) && catalogue.Metrics.ContainsKey(key);

    private static bool IsOrganisation(string text, HubCatalogue catalogue) =>
        OrganisationCode.TryParse(text, out var code) && catalogue.Organisations.Find(code) is not null;

    private static IEnumerable<string> Unknown(string[]? values, Func<string, bool> isKnown) =>
        Split(values).Where(entry => !isKnown(entry));

    /// <summary>The first few, cut: an answer does not repeat whatever length was sent.</summary>
    private static string Listed(IEnumerable<string> entries) =>
        string.Join(", ", entries.Take(5).Select(entry => $"'{(entry.Length > 40 ? entry[..40] + "…" : entry)}'"));
}
