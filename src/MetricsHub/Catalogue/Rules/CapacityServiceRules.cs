using FluentValidation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;

namespace MetricsHub.Catalogue.Rules;

/// <summary>What a source says of services of the Directory of Services: whose capacity status is asked for is named, and only there.</summary>
internal sealed class CapacityServiceRules : AbstractValidator<SourceFile>
{
    private const string Only = "is for the parser dos-capacity-status only";

    public CapacityServiceRules()
    {
        RuleFor(source => source.Services).NotEmptyList().When(source => source.Parser == Parsers.CapacityStatusKey);
        RuleFor(source => source.Services).Must(services => services.Count == 0).WithMessage(Only).When(source => source.Parser != Parsers.CapacityStatusKey);
        RuleFor(source => source.Locations).Must(locations => locations.TrueForAll(location => location.Dos is null)).WithMessage("dos " + Only)
            .When(source => source.Parser != Parsers.CapacityStatusKey);
        RuleForEach(source => source.Services).ChildRules(service =>
        {
            service.RuleFor(entry => entry.Id).Must(id => id is { Length: > 0 and <= 12 } && id.All(char.IsAsciiDigit)).WithMessage("'{PropertyValue}' is not a service's number");
            service.RuleFor(entry => entry.Organisation).Must(code => OrganisationCode.TryParse(code, out _))
                .WithMessage("'{PropertyValue}' is not an organisation code: expected 1 to 10 letters and digits");
            service.RuleFor(entry => entry.Metric).Required();
        });
        RuleFor(source => source.Services)
            .Must(services => services.DistinctBy(service => service.Id).Count() == services.Count).WithMessage("names a service twice");
    }
}
