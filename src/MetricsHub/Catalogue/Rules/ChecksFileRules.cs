using FluentValidation;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class ChecksFileRules : AbstractValidator<ChecksFile>
{
    public ChecksFileRules()
    {
        RuleFor(file => file.Plausible).NotNull().WithMessage("is required").SetValidator(new RuleEntryRules<PlausibleEntry>()!);
        RuleFor(file => file.Future).NotNull().WithMessage("is required").SetValidator(new RuleEntryRules<FutureEntry>()!);
        When(file => file.Future is not null, () => RuleFor(file => file.Future!.AllowMinutes).Required().InclusiveBetween(0, 1440));
        RuleForEach(file => file.NotAbove).SetValidator(new RuleEntryRules<NotAboveEntry>()).ChildRules(entry =>
        {
            entry.RuleFor(rule => rule.Part).Required();
            entry.RuleFor(rule => rule.Whole).Required();
            entry.RuleFor(rule => rule.Whole).NotEqual(rule => rule.Part).WithMessage("is the part itself");
            entry.RuleFor(rule => rule.Allow).GreaterThanOrEqualTo(1);
            entry.RuleForEach(rule => rule.Refuses).Must((rule, key) => key == rule.Part || key == rule.Whole)
                .WithMessage("'{PropertyValue}' is neither the part nor the whole");
        });
        RuleForEach(file => file.Parts).SetValidator(new RuleEntryRules<PartsEntry>()).ChildRules(entry =>
        {
            entry.RuleFor(rule => rule.Parts).NotEmptyList();
            entry.RuleFor(rule => rule.Total).Required();
            entry.RuleFor(rule => rule.Total).Must((rule, total) => total is null || !rule.Parts.Contains(total)).WithMessage("is one of the parts");
            entry.RuleFor(rule => rule.Tolerance).GreaterThanOrEqualTo(0);
            entry.RuleFor(rule => rule.MakesUp).Required();
            entry.RuleForEach(rule => rule.Refuses).Must((rule, key) => key == rule.Total || rule.Parts.Contains(key))
                .WithMessage("'{PropertyValue}' is neither a part nor the total");
        });
        RuleForEach(file => file.UnitSlips).SetValidator(new RuleEntryRules<UnitSlipEntry>()).SetValidator(new UnitSlipEntryRules());
    }

    private sealed class RuleEntryRules<T> : AbstractValidator<T>
        where T : RuleEntry
    {
        public RuleEntryRules()
        {
            RuleFor(entry => entry.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
            RuleFor(entry => entry.Source).Required();
        }
    }

    private sealed class UnitSlipEntryRules : AbstractValidator<UnitSlipEntry>
    {
        public UnitSlipEntryRules()
        {
            RuleFor(slip => slip.LooksLike).Required();
            RuleFor(slip => slip.Units).Must((slip, units) => units.Count + slip.Metrics.Count > 0).WithMessage("needs a unit, or metrics");
            RuleFor(slip => slip.Times).IsInterval("[20, 180]");

            // The interval of the number itself would hold 1, and refuse what is like everything before it.
            RuleFor(slip => slip.Times).Must(text => !Interval.TryParse(text, out var times) || times!.From > 1).WithMessage("must start above 1");
            RuleFor(slip => slip.LeastMedian).Required().GreaterThanOrEqualTo(0);
            RuleFor(slip => slip.LeastHistory).Required().GreaterThanOrEqualTo(1);
            RuleFor(slip => slip.History).Required().GreaterThanOrEqualTo(slip => slip.LeastHistory).WithMessage("is less than leastHistory");
        }
    }
}
