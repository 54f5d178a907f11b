using FluentValidation;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class FrameworkFileRules : AbstractValidator<FrameworkFile>
{
    private static readonly Interval NumberLine = new(double.NegativeInfinity, false, double.PositiveInfinity, false);
    private static readonly Interval Percentages = new(0, true, 100, true);

    public FrameworkFileRules()
    {
        RuleFor(framework => framework.Key).IsKey();
        RuleFor(framework => framework.Version).Required();
        RuleFor(framework => framework.Name).Required();
        RuleFor(framework => framework.Description).Required();
        RuleFor(framework => framework.AppliesTo).NotEmptyList();
        RuleForEach(framework => framework.AppliesTo).IsOneOf(CatalogueWords.OrganisationKinds.Keys);
        RuleFor(framework => framework.ValidFrom).IsDateOrBlank();
        RuleFor(framework => framework.ValidTo).IsDateOrBlank();
        RuleFor(framework => framework.ValidTo).Must((framework, _) => SpanRules.HoldsADay(framework.ValidFrom, framework.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after validFrom");
        RuleFor(framework => framework.Grid).IsOneOf(CatalogueWords.Cadences.Keys);

        RuleFor(framework => framework.Parameters).NotEmptyList();
        RuleForEach(framework => framework.Parameters).ChildRules(parameter =>
        {
            parameter.RuleFor(entry => entry.Indicator).Required();
            parameter.RuleFor(entry => entry.Bands).Custom((bands, context) =>
                AddGapsAndOverlaps(bands.Select(band => band.Range), NumberLine, context));
            parameter.RuleFor(entry => entry.Bands).Must(bands => bands.Max(band => band.Points) > 0).WithMessage("none of them scores a point")
                .When(entry => entry.Bands.Count > 0);
            parameter.RuleForEach(entry => entry.Bands).ChildRules(band =>
            {
                band.RuleFor(entry => entry.Range).IsInterval("[0.6, 0.7)");
                band.RuleFor(entry => entry.Points).Required().InclusiveBetween(0, 1000);
                band.RuleFor(entry => entry.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
                band.RuleFor(entry => entry.Source).Required();
            });
        });

        RuleFor(framework => framework.Levels).Custom((levels, context) =>
            AddGapsAndOverlaps(levels.Select(level => level.Percent), Percentages, context));
        RuleFor(framework => framework.Levels).Must(levels => levels.Select(level => level.Level).Order().SequenceEqual([1, 2, 3, 4]))
            .WithMessage("are 1, 2, 3 and 4, each once");
        RuleForEach(framework => framework.Levels).ChildRules(level =>
        {
            level.RuleFor(entry => entry.Percent).IsInterval("[25, 50)");
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
            RuleFor(framework => framework.MissingData!.Provenance).IsOneOf(CatalogueWords.Provenances.Keys);
            RuleFor(framework => framework.MissingData!.Source).Required();
        });
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
