using System.Globalization;
using FluentValidation;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Catalogue.Rules;

internal sealed class AdoptionEntryRules : AbstractValidator<AdoptionEntry>
{
    public AdoptionEntryRules()
    {
        RuleFor(adoption => adoption.Organisation).Must(code => OrganisationCode.TryParse(code, out _))
            .WithMessage("'{PropertyValue}' is not an organisation code: expected 1 to 10 letters and digits");
        RuleFor(adoption => adoption.ValidFrom).IsDateOrBlank();
        RuleFor(adoption => adoption.ValidTo).IsDateOrBlank();
        RuleFor(adoption => adoption.ValidTo).Must((adoption, _) => SpanRules.HoldsADay(adoption.ValidFrom, adoption.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after validFrom");
        RuleFor(adoption => adoption.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(adoption => adoption.Source).Required();
    }
}

internal sealed class RollUpEntryRules : AbstractValidator<RollUpEntry>
{
    public RollUpEntryRules()
    {
        RuleFor(rollUp => rollUp.From).IsOneOf(CatalogueWords.OrganisationKinds.Keys);
        RuleFor(rollUp => rollUp.MinimumCoveragePercent).Required().InclusiveBetween(0, 100);
        RuleFor(rollUp => rollUp.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(rollUp => rollUp.Source).Required();
    }
}

internal sealed class ScoringEntryRules : AbstractValidator<ScoringEntry>
{
    public ScoringEntryRules()
    {
        RuleFor(scoring => scoring.Mode).IsOneOf(CatalogueWords.ScoringModes.Keys);
        RuleFor(scoring => scoring.Rounding).IsOneOf(CatalogueWords.Roundings.Keys);
        RuleFor(scoring => scoring.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(scoring => scoring.Source).Required();
    }
}

internal sealed class WeightEntryRules : AbstractValidator<WeightEntry>
{
    public WeightEntryRules()
    {
        RuleFor(weight => weight.Value).Required().GreaterThan(0).LessThanOrEqualTo(1000);
        RuleFor(weight => weight.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(weight => weight.Source).Required();
    }
}

internal sealed class MaximumAgeEntryRules : AbstractValidator<MaximumAgeEntry>
{
    public MaximumAgeEntryRules()
    {
        RuleFor(age => age.Value).Must(text => CatalogueWords.TryParseDuration(text, out _))
            .WithMessage("'{PropertyValue}' is not a duration of days, hours and minutes such as PT30M or P1DT12H");
        RuleFor(age => age.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(age => age.Source).Required();
    }
}

internal sealed class LowSampleEntryRules : AbstractValidator<LowSampleEntry>
{
    public LowSampleEntryRules()
    {
        RuleFor(rule => rule.Before)
            .Must(text => TimeOnly.TryParseExact(text, CatalogueWords.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .WithMessage("'{PropertyValue}' is not a time of day such as 06:00");
        RuleFor(rule => rule.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(rule => rule.Source).Required();
    }
}

internal sealed class UnscoredEntryRules : AbstractValidator<UnscoredEntry>
{
    public UnscoredEntryRules()
    {
        RuleFor(entry => entry.Name).Required();
        RuleFor(entry => entry.Reason).Required();
        RuleFor(entry => entry.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(entry => entry.Source).Required();
    }
}

internal sealed class HysteresisEntryRules : AbstractValidator<HysteresisEntry>
{
    public HysteresisEntryRules()
    {
        RuleFor(hysteresis => hysteresis.Margin).Required().GreaterThanOrEqualTo(0);
        RuleFor(hysteresis => hysteresis.Slots).Required().GreaterThanOrEqualTo(1);
        RuleFor(hysteresis => hysteresis.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        RuleFor(hysteresis => hysteresis.Source).Required();
    }
}
