using FluentValidation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class HeadroomFileRules : AbstractValidator<HeadroomFile>
{
    public HeadroomFileRules() => RuleForEach(file => file.Headroom).ChildRules(entry =>
    {
        entry.RuleFor(rule => rule.Key).IsKey();
        entry.RuleFor(rule => rule.Name).Required();
        entry.RuleFor(rule => rule.ServiceDomain).Required();
        entry.RuleFor(rule => rule.Used).Must((rule, used) => used is null != rule.Free is null).WithMessage("either used or free is required, and not both");
        entry.RuleFor(rule => rule.Capacity).Must((rule, capacity) => capacity is not null || rule.Used is null).WithMessage("is required beside used");
        entry.RuleFor(rule => rule.MaximumAge).Must(text => CatalogueWords.TryParseDuration(text, out _))
            .WithMessage("'{PropertyValue}' is not a duration above zero such as PT1H or P3D");
        entry.RuleFor(rule => rule.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
        entry.RuleFor(rule => rule.Source).Required();
    });
}
