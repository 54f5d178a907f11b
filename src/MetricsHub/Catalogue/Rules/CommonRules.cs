using FluentValidation;
using MetricsHub.Domain;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Catalogue.Rules;

/// <summary>Rules that several catalogue files share, so that each is worded once.</summary>
internal static class CommonRules
{
    public static IRuleBuilderOptions<T, string?> Required<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("is required");

    public static IRuleBuilderOptions<T, TValue?> Required<T, TValue>(this IRuleBuilder<T, TValue?> rule)
        where TValue : struct =>
        rule.Must(value => value.HasValue).WithMessage("is required");

    public static IRuleBuilderOptions<T, string?> IsKey<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Key.IsValid).WithMessage("'{PropertyValue}' is not a key: expected lower-case letters and digits in words joined by hyphens");

    public static IRuleBuilderOptions<T, string?> IsOneOf<T>(this IRuleBuilder<T, string?> rule, IEnumerable<string> words)
    {
        var known = words.ToHashSet();
        return rule.Must(word => word is not null && known.Contains(word))
            .WithMessage($"'{{PropertyValue}}' is unknown: expected one of {string.Join(", ", known)}");
    }

    public static IRuleBuilderOptions<T, string?> IsDate<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => CatalogueWords.TryParseDate(text, out _)).WithMessage("'{PropertyValue}' is not a date: expected YYYY-MM-DD");

    public static IRuleBuilderOptions<T, string?> IsDateOrBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || CatalogueWords.TryParseDate(text, out _))
            .WithMessage("'{PropertyValue}' is not a date: expected YYYY-MM-DD or nothing");

    public static IRuleBuilderOptions<T, string?> IsInterval<T>(this IRuleBuilder<T, string?> rule, string example) =>
        rule.Must(text => Interval.TryParse(text, out _)).WithMessage($"'{{PropertyValue}}' is not an interval such as {example}");

    public static IRuleBuilderOptions<T, IReadOnlyCollection<TItem>> NotEmptyList<T, TItem>(this IRuleBuilder<T, IReadOnlyCollection<TItem>> rule) =>
        rule.Must(list => list.Count > 0).WithMessage("needs at least one entry");
}
