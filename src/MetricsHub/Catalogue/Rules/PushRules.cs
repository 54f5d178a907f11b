using FluentValidation;
using MetricsHub.Sources;

namespace MetricsHub.Catalogue.Rules;

/// <summary>What a source says of pushes goes together: who takes them reads them, and says which metrics they state.</summary>
internal sealed class PushRules : AbstractValidator<SourceFile>
{
    private const string Only = "is for the parser pushed only";

    public PushRules()
    {
        When(source => source.Parser == Parsers.PushedKey, () =>
        {
            RuleFor(source => source.Metrics).NotEmptyList();
            RuleFor(source => source.PersonalColumns).Must(columns => columns.Count == 0).WithMessage("cannot be cut from what is pushed: has to be empty");
            RuleFor(source => source.Fhir!.Populations).Must(populations => populations.Count > 0).When(source => source.Fhir is not null)
                .WithMessage("needs at least one entry");
        });
        When(source => source.Parser != Parsers.PushedKey, () =>
        {
            RuleFor(source => source.Push).Must(push => !push).WithMessage(Only);
            RuleFor(source => source.Metrics).Must(metrics => metrics.Count == 0).WithMessage(Only);
            RuleFor(source => source.Fhir).Must(fhir => fhir is null).WithMessage(Only);
        });
    }
}
