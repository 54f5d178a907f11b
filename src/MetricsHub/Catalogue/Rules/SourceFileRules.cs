using System.Text.RegularExpressions;
using Cronos;
using FluentValidation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class SourceFileRules : AbstractValidator<SourceFile>
{
    public SourceFileRules(IReadOnlyCollection<string> parsers)
    {
        RuleFor(source => source.Key).IsKey();
        RuleFor(source => source.Name).Required();
        RuleFor(source => source.Publisher).Required();
        RuleFor(source => source.LandingPage).Must(IsWebAddress).WithMessage("'{PropertyValue}' is not an http or https address");
        RuleFor(source => source.Licence).Required();
        RuleFor(source => source.Simulated).Required();
        RuleFor(source => source.FormatProven).Required();
        RuleFor(source => source.Parser).IsOneOf(parsers);
        RuleFor(source => source.Schedule).Must(IsCron).WithMessage("'{PropertyValue}' is not a cron expression of five fields");
        RuleFor(source => source.TimeZone).Must(zone => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            .WithMessage("'{PropertyValue}' is not a known time zone");
        RuleFor(source => source.DueDaysAfterPeriodEnd).Required().InclusiveBetween(0, 1000);
        RuleForEach(source => source.PersonalColumns).Required();
        RuleFor(source => source.MaximumBytes).Required().InclusiveBetween(1, 1_000_000_000);
        RuleFor(source => source.UnknownOrganisations).IsOneOf([CatalogueWords.Keep, CatalogueWords.Refuse]);
        RuleFor(source => source.Locations).NotEmptyList();
        RuleForEach(source => source.Locations).SetValidator(new LocationEntryRules());
    }

    public static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static bool IsCron(string? text) =>
        text is not null && CronExpression.TryParse(text, CronFormat.Standard, out _);

    private sealed class LocationEntryRules : AbstractValidator<LocationEntry>
    {
        public LocationEntryRules()
        {
            RuleFor(location => location).Must(location => new[] { location.Folder, location.LandingPage, location.Ckan }.Count(kind => kind is not null) == 1)
                .WithMessage("needs one of folder, landingPage and ckan");
            When(location => location.Folder is not null, () =>
                RuleFor(location => location.Pattern).Required());
            When(location => location.LandingPage is not null, () =>
            {
                RuleFor(location => location.LandingPage).Must(IsWebAddress).WithMessage("'{PropertyValue}' is not an http or https address");
                RuleFor(location => location.LinkText).Must(IsRegex).WithMessage("'{PropertyValue}' is not a regular expression");
                RuleFor(location => location.AllowedHosts).NotEmptyList();
            });
            When(location => location.Ckan is not null, () =>
            {
                RuleFor(location => location.Ckan).Must(IsWebAddress).WithMessage("'{PropertyValue}' is not an http or https address");
                RuleFor(location => location.ResourceTitle).Must(IsRegex).WithMessage("'{PropertyValue}' is not a regular expression");
                RuleFor(location => location.AllowedHosts).NotEmptyList();
            });
        }

        private static bool IsRegex(string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return false;
            }

            try
            {
                _ = Regex.IsMatch("", text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}
