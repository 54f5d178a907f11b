using FluentValidation;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class FrameworkFileRules : AbstractValidator<FrameworkFile>
{
    private static readonly Interval NumberLine = new(double.NegativeInfinity, false, double.PositiveInfinity, false);

    public FrameworkFileRules()
    {
        RuleFor(framework => framework.Key).IsKey();
        RuleFor(framework => framework.Version).Required();
        RuleFor(framework => framework.Name).Required();
        RuleFor(framework => framework.Description).Required();
        RuleFor(framework => framework.AppliesTo).NotEmptyList();
        RuleForEach(framework => framework.AppliesTo).IsOneOf(CatalogueWords.OrganisationKinds.Keys);
        RuleFor(framework => framework.Status).IsOneOf(CatalogueWords.FrameworkStatuses.Keys).When(framework => framework.Status is not null);
        RuleFor(framework => framework.ValidFrom).IsDateOrBlank();
        RuleFor(framework => framework.ValidTo).IsDateOrBlank();
        RuleFor(framework => framework.ValidTo).Must((framework, _) => SpanRules.HoldsADay(framework.ValidFrom, framework.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after validFrom");
        RuleForEach(framework => framework.Adopted).SetValidator(new AdoptionEntryRules());
        RuleFor(framework => framework.Grid).IsOneOf(CatalogueWords.Cadences.Keys);

        RuleFor(framework => framework.Scoring).NotNull().WithMessage("is required");
        RuleFor(framework => framework.Scoring!).SetValidator(new ScoringEntryRules()).When(framework => framework.Scoring is not null);

        RuleFor(framework => framework.Parameters).NotEmptyList();
        RuleForEach(framework => framework.Parameters).ChildRules(parameter =>
        {
            parameter.RuleFor(entry => entry.Indicator).Required();
            parameter.RuleFor(entry => entry.Bands).Custom((bands, context) =>
                AddGapsAndOverlaps(bands.Select(band => band.Range), NumberLine, context));
            parameter.RuleFor(entry => entry.Bands).Must(bands => bands.Max(band => band.Points) > 0).WithMessage("none of them scores a point")
                .When(entry => entry.Bands.Count > 0);
            parameter.RuleFor(entry => entry.Bands).Must(bands => bands.Min(band => band.Points) == 0).WithMessage("none of them scores 0: the best has to")
                .When(entry => entry.Bands.Count > 0);
            parameter.RuleFor(entry => entry.Weight!).SetValidator(new WeightEntryRules()).When(entry => entry.Weight is not null);
            parameter.RuleFor(entry => entry.MaximumAge!).SetValidator(new MaximumAgeEntryRules()).When(entry => entry.MaximumAge is not null);
            parameter.RuleFor(entry => entry.LowSample!).SetValidator(new LowSampleEntryRules()).When(entry => entry.LowSample is not null);
            parameter.RuleForEach(entry => entry.Bands).ChildRules(band =>
            {
                band.RuleFor(entry => entry.Range).IsInterval("[0.6, 0.7)");
                band.RuleFor(entry => entry.Points).Required().InclusiveBetween(0, 1000);
                band.RuleFor(entry => entry.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
                band.RuleFor(entry => entry.Source).Required();
            });
        });

        RuleForEach(framework => framework.Unscored).SetValidator(new UnscoredEntryRules());

        RuleFor(framework => framework.Levels).Custom((levels, context) =>
        {
            if (ScaleOf(context.InstanceToValidate) is { } scale)
            {
                AddGapsAndOverlaps(levels.Select(level => level.Range), scale, context);
                foreach (var range in levels.Select(level => Interval.TryParse(level.Range, out var range) ? range : null))
                {
                    if (range is not null && (range.From < scale.From || range.To > scale.To))
                    {
                        context.AddFailure($"{range} reaches beyond the scale {scale}");
                    }
                }
            }
        });
        RuleFor(framework => framework.Levels).Must(levels => levels.Select(level => level.Level).Order().SequenceEqual([1, 2, 3, 4]))
            .WithMessage("are 1, 2, 3 and 4, each once");
        RuleFor(framework => framework.Levels).Must(Rise).WithMessage("do not rise with the score");
        RuleForEach(framework => framework.Levels).ChildRules(level =>
        {
            level.RuleFor(entry => entry.Range).IsInterval("[25, 50)");
            level.RuleFor(entry => entry.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
            level.RuleFor(entry => entry.Source).Required();
        });

        RuleFor(framework => framework.MissingData).NotNull().WithMessage("is required");
        When(framework => framework.MissingData is not null, () =>
        {
            RuleFor(framework => framework.MissingData!.MinimumIndicators).Required()
                .GreaterThanOrEqualTo(2).WithMessage("must be 2 or more: no decision on a single metric in isolation");
            RuleFor(framework => framework.MissingData!.MinimumServiceDomains).Required()
                .GreaterThanOrEqualTo(2).WithMessage("must be 2 or more: no decision on a single metric in isolation");
            RuleFor(framework => framework.MissingData!.MinimumObservablePercent).Required().InclusiveBetween(0, 100);
            RuleFor(framework => framework.MissingData!.MinimumCoveragePercent).Required().InclusiveBetween(0, 100);
            RuleFor(framework => framework.MissingData!.HoldSlots).Required().GreaterThanOrEqualTo(0);
            RuleFor(framework => framework.MissingData!.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
            RuleFor(framework => framework.MissingData!.Source).Required();
        });

        RuleFor(framework => framework.Hysteresis).NotNull().WithMessage("is required");
        RuleFor(framework => framework.Hysteresis!).SetValidator(new HysteresisEntryRules()).When(framework => framework.Hysteresis is not null);

        RuleFor(framework => framework.RollUp!).SetValidator(new RollUpEntryRules()).When(framework => framework.RollUp is not null);
        RuleFor(framework => framework.RollUp!.From).Must((framework, from) => framework.AppliesTo.Contains(from!))
            .WithMessage("'{PropertyValue}' is not among appliesTo: there is no reading of it to begin with")
            .When(framework => framework.RollUp?.From is { } from && CatalogueWords.OrganisationKinds.ContainsKey(from));
    }

    /// <summary>From 0 to 100 in percent, or to the sum of all points; null where that cannot be told for other faults.</summary>
    private static Interval? ScaleOf(FrameworkFile framework)
    {
        if (framework.Scoring?.Mode == ScoringMode.PercentOfAvailable.ToWord())
        {
            return new Interval(0, true, 100, true);
        }

        var points = framework.Parameters.Sum(parameter => (parameter.Bands.Max(band => band.Points) ?? 0) * (parameter.Weight?.Value ?? 1));
        return points > 0 ? new Interval(0, true, (double)points, true) : null;
    }

    private static bool Rise(List<LevelEntry> levels)
    {
        var starts = levels
            .OrderBy(level => level.Level)
            .Select(level => Interval.TryParse(level.Range, out var range) ? range!.From : (double?)null)
            .ToList();
        return starts.Contains(null) || starts.SequenceEqual(starts.Order());
    }

    private static void AddGapsAndOverlaps<T>(IEnumerable<string?> texts, Interval range, ValidationContext<T> context)
    {
        var intervals = new List<Interval>();
        foreach (var text in texts)
        {
            if (!Interval.TryParse(text, out var interval))
            {
                return;
            }

            intervals.Add(interval!);
        }

        foreach (var fault in Interval.FindGapsAndOverlaps(intervals, range))
        {
            context.AddFailure(fault);
        }
    }
}
