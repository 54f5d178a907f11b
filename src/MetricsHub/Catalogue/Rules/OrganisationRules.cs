using FluentValidation;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Catalogue.Rules;

internal sealed class OrganisationRowRules : AbstractValidator<OrganisationRow>
{
    public OrganisationRowRules()
    {
        RuleFor(row => row.Code).Must(code => OrganisationCode.TryParse(code, out _))
            .WithMessage("'{PropertyValue}' is not an organisation code: expected 1 to 10 letters and digits");
        RuleFor(row => row.Name).Required();
        RuleFor(row => row.Kind).IsOneOf(CatalogueWords.OrganisationKinds.Keys);
        RuleFor(row => row.ValidFrom).IsDateOrBlank();
        RuleFor(row => row.ValidTo).IsDateOrBlank();
        RuleFor(row => row.ValidTo).Must((row, _) => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after valid_from");
        RuleFor(row => row.Source).Required();
    }
}

internal sealed class ParentRowRules : AbstractValidator<ParentRow>
{
    public ParentRowRules()
    {
        RuleFor(row => row.ValidFrom).IsDateOrBlank();
        RuleFor(row => row.ValidTo).IsDateOrBlank();
        RuleFor(row => row.ValidTo).Must((row, _) => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after valid_from");
        RuleFor(row => row.Basis).IsOneOf(CatalogueWords.Bases.Keys);
        RuleFor(row => row.Source).Required();
        RuleFor(row => row.Reason).Required().When(row => row.Basis == Basis.Inferred.ToWord())
            .WithMessage("is required where the basis is inferred");
    }
}

internal static class SpanRules
{
    /// <summary>Whether two dates, where both can be read, leave at least one day between them.</summary>
    public static bool HoldsADay(string? from, string? to) =>
        !CatalogueWords.TryParseDate(from, out var first) || !CatalogueWords.TryParseDate(to, out var end) || first < end;
}
