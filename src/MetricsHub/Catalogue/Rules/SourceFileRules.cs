using System.Text.RegularExpressions;
using Cronos;
using FluentValidation;
using MetricsHub.Sources;

namespace MetricsHub.Catalogue.Rules;

internal sealed class SourceFileRules : AbstractValidator<SourceFile>
{
    public SourceFileRules(IReadOnlyCollection<string> parsers, Uri? simulator)
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
        RuleFor(source => source.DueDaysAfterPeriodEnd).InclusiveBetween(0, 1000);
        RuleFor(source => source.DueMinutesAfterPeriodEnd).InclusiveBetween(1, 1439).WithMessage("'{PropertyValue}' is not a part of a day: expected 1 to 1439");
        RuleFor(source => source.DueDaysAfterPeriodEnd).Must((source, days) => days is null != source.DueMinutesAfterPeriodEnd is null)
            .When(source => !source.Reference).WithMessage("needs one of dueDaysAfterPeriodEnd and dueMinutesAfterPeriodEnd");
        RuleFor(source => source.Reference)
            .Must((source, _) => source is { DueDaysAfterPeriodEnd: null, DueMinutesAfterPeriodEnd: null, Calendar: null })
            .When(source => source.Reference).WithMessage("states no figures: nothing of it falls due, and it has no calendar");
        RuleFor(source => source.Table).Must(table => table is not null).When(source => source.Parser == Parsers.TableKey)
            .WithMessage("is required where the parser is table");
        RuleFor(source => source.Table).Must(table => table is null).When(source => source.Parser != Parsers.TableKey)
            .WithMessage("is for the parser table only");
        RuleFor(source => source.Table!).SetValidator(new TableEntryRules()).When(source => source.Table is not null);
        RuleForEach(source => source.PersonalColumns).Required();
        RuleFor(source => source.MaximumBytes).Required().InclusiveBetween(1, 1_000_000_000);
        RuleFor(source => source.UnknownOrganisations).IsOneOf([CatalogueWords.Keep, CatalogueWords.Refuse]);
        Include(new PushRules());
        Include(new CapacityServiceRules());
        RuleFor(source => source.Locations).NotEmptyList().When(source => !source.Push);
        RuleForEach(source => source.Locations).SetValidator(new LocationEntryRules(simulator));
    }

    public static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static bool IsCron(string? text) =>
        text is not null && CronExpression.TryParse(text, CronFormat.Standard, out _);

    private sealed class LocationEntryRules : AbstractValidator<LocationEntry>
    {
        public LocationEntryRules(Uri? simulator)
        {
            RuleFor(location => location)
                .Must(location => new[] { location.Folder, location.LandingPage, location.Ckan, location.Ord, location.Feed, location.Dos }.Count(kind => kind is not null) == 1)
                .WithMessage("needs one of folder, landingPage, ckan, ord, feed and dos");
            When(location => location.Folder is not null, () =>
            {
                RuleFor(location => location.Pattern).Required();
                RuleFor(location => location.PrivateNetwork).Equal(false).WithMessage("is for what is fetched over HTTP");
            });
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
            When(location => location.Feed is not null, () =>
                RuleFor(location => location.Feed).Must(feed => FeedAddress.Of(feed, simulator) is not null)
                    .WithMessage("'{PropertyValue}' is not an http or https address"));
            RuleFor(location => location.Since).Must(since => !string.IsNullOrWhiteSpace(since)).When(location => location.Since is not null)
                .WithMessage("is the name of a query parameter");
            When(location => location.Dos is not null, () =>
                RuleFor(location => location.Dos).Must(dos => FeedAddress.Of(dos, simulator) is { } address && address.AbsolutePath.EndsWith('/'))
                    .WithMessage("'{PropertyValue}' is not an http or https address that ends with a slash"));
            RuleFor(location => location).Must(location => location.TokenHeader is null == location.Token is null)
                .WithMessage("needs tokenHeader and token together");
            RuleFor(location => location.Token).Must((location, token) => token is null || location.Feed is not null || location.Dos is not null)
                .WithMessage("is for feed and dos only");
            RuleFor(location => location.OfPublisher).Must((location, ofPublisher) => !ofPublisher || location.Feed is not null).WithMessage("is for feed only");
            When(location => location.Ord is not null, () =>
            {
                RuleFor(location => location.Ord).Must(IsWebAddress).WithMessage("'{PropertyValue}' is not an http or https address");
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
