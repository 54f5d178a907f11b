using FluentValidation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class LevelHealthFileRules : AbstractValidator<LevelHealthFile>
{
    public LevelHealthFileRules()
    {
        RuleFor(file => file.Chatter).NotNull().WithMessage("is required").ChildRules(chatter =>
        {
            chatter.RuleFor(rule => rule!.StartsAt).Required().InclusiveBetween(0, 100);
            chatter.RuleFor(rule => rule!.EndsAt).Required().GreaterThanOrEqualTo(0);
            chatter.RuleFor(rule => rule!.EndsAt).LessThanOrEqualTo(rule => rule!.StartsAt).WithMessage("is above startsAt");
            chatter.RuleFor(rule => rule!.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
            chatter.RuleFor(rule => rule!.Source).Required();
        });
        RuleFor(file => file.Standing).NotNull().WithMessage("is required").ChildRules(standing =>
        {
            standing.RuleFor(rule => rule!.WorstBandPercent).Required().InclusiveBetween(1, 100);
            standing.RuleFor(rule => rule!.BestBandPercent).Required().InclusiveBetween(1, 100);
            standing.RuleFor(rule => rule!.MissingPercent).Required().InclusiveBetween(1, 100);
            standing.RuleFor(rule => rule!.LevelPercent).Required().InclusiveBetween(1, 100);
            standing.RuleFor(rule => rule!.LeastReadings).Required().GreaterThanOrEqualTo(1);
            standing.RuleFor(rule => rule!.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
            standing.RuleFor(rule => rule!.Source).Required();
        });
    }
}
