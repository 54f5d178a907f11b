using System.Globalization;
using FluentValidation;
using MetricsHub.Domain.Time;

namespace MetricsHub.Catalogue.Rules;

internal sealed class RollUpWeightRowRules : AbstractValidator<RollUpWeightRow>
{
    public RollUpWeightRowRules()
    {
        RuleFor(row => row.Weight).Must(text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight > 0)
            .WithMessage("'{PropertyValue}' is not a number above 0");
        RuleFor(row => row.ValidFrom).IsDateOrBlank();
        RuleFor(row => row.ValidTo).IsDateOrBlank();
        RuleFor(row => row.ValidTo).Must((row, _) => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after valid_from");
        RuleFor(row => row.Basis).Required();
        RuleFor(row => row.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(row => row.Source).Required();
    }
}

/// <summary>
/// Who weighs stands below whom it weighs for, on every day and by the tree; it weighs once; and all that is weighed together is weighed by
/// one measure.
/// </summary>
internal static class RollUpWeightRules
{
    public static IEnumerable<CatalogueError> Check(IReadOnlyList<ParentRow> parents, IReadOnlyList<RollUpWeightRow> weights)
    {
        var relations = parents.Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo)).ToLookup(row => (row.Child, row.Parent));
        foreach (var together in weights.Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo)).GroupBy(row => row.Parent))
        {
            var earlier = new List<RollUpWeightRow>();
            foreach (var weight in together)
            {
                if (!relations[(weight.Child, weight.Parent)].Any(relation => Span(relation.ValidFrom, relation.ValidTo).Contains(Span(weight))))
                {
                    yield return Error(weight, "child", $"'{weight.Child}' does not stand below '{weight.Parent}' on every day of {Span(weight)}");
                }

                var overlapping = earlier.Where(other => Span(other).Overlaps(Span(weight))).ToList();
                foreach (var other in overlapping.Where(other => other.Child == weight.Child))
                {
                    yield return Error(weight, "valid_from", $"'{weight.Child}' weighs twice at once for '{weight.Parent}': see row {other.Row}");
                }

                if (overlapping.Find(other => other.Basis != weight.Basis) is { } apart)
                {
                    yield return Error(weight, "basis", $"'{weight.Basis}' is weighed together with '{apart.Basis}' of row {apart.Row}");
                }

                earlier.Add(weight);
            }
        }
    }

    private static DateSpan Span(RollUpWeightRow row) => Span(row.ValidFrom, row.ValidTo);

    private static DateSpan Span(string from, string to) => CatalogueWords.ToSpan(from, to);

    private static CatalogueError Error(RollUpWeightRow row, string column, string message) => new(row.File, $"row {row.Row}, {column}", message);
}
