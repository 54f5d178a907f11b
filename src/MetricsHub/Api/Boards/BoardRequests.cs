using FluentValidation;
using MetricsHub.Catalogue;

namespace MetricsHub.Api.Boards;

/// <summary>At which instant.</summary>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record BoardRequest(string? At);

/// <summary>Whose level at which instant.</summary>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record LevelBoardRequest(string? Framework, string? At);

/// <summary>Which service domains of a level, at which instant. A parameter that is given empty counts as not given.</summary>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
/// <param name="ServiceDomain">Only the service domain with this key.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record ServiceDomainBoardRequest(string? Framework, string? ServiceDomain, string? At);

/// <summary>Which inputs of a level, at which instant. A parameter that is given empty counts as not given.</summary>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
/// <param name="ServiceDomain">Only inputs that tell of the service domain with this key.</param>
/// <param name="Indicator">Only the input with this key.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record InputBoardRequest(string? Framework, string? ServiceDomain, string? Indicator, string? At);

/// <summary>Where there is capacity, at which instant. A parameter that is given empty counts as not given.</summary>
/// <param name="ServiceDomain">The key of a service domain; all of them by default.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record HeadroomBoardRequest(string? ServiceDomain, string? At);

/// <summary>Whose level over which time.</summary>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Where the time ends: a date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record TimeBoardRequest(string? Framework, string? From, string? To) : ITimeBoardRequest;

/// <summary>Of which rows of the health of whose level, over which time.</summary>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Where the time ends: a date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
/// <param name="Of">Only rows of this kind: calculated, shown, held, uncertain, flap-score, input or finding; all by default.</param>
internal sealed record HealthBoardRequest(string? Framework, string? From, string? To, string? Of) : ITimeBoardRequest;

internal interface ITimeBoardRequest
{
    string? Framework { get; }

    string? From { get; }

    string? To { get; }
}

/// <summary>Which organisations are watched.</summary>
/// <param name="Organisation">ODS codes: repeated or comma separated, at most 100; every organisation that a framework judges each quarter of an hour by default.</param>
internal sealed record AlarmRequest(string[]? Organisation);

internal static class BoardRequestRules
{
    public static IServiceCollection AddBoardRequests(this IServiceCollection services) => services
        .AddSingleton<IValidator<BoardRequest>, BoardRules>()
        .AddSingleton<IValidator<LevelBoardRequest>, LevelBoardRules>()
        .AddSingleton<IValidator<ServiceDomainBoardRequest>, ServiceDomainBoardRules>()
        .AddSingleton<IValidator<InputBoardRequest>, InputBoardRules>()
        .AddSingleton<IValidator<HeadroomBoardRequest>, HeadroomBoardRules>()
        .AddSingleton<IValidator<TimeBoardRequest>, TimeBoardRules<TimeBoardRequest>>()
        .AddSingleton<IValidator<HealthBoardRequest>, HealthBoardRules>()
        .AddSingleton<IValidator<AlarmRequest>, AlarmRules>();

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(366);

    private static void IsServiceDomain<T>(this IRuleBuilder<T, string?> rule, HubCatalogue catalogue) =>
        rule.Must(key => string.IsNullOrEmpty(key) || catalogue.ServiceDomains.Any(domain => domain.Key == key))
            .WithMessage("There is no service domain with this key; see /api/v1/service-domains.");

    private sealed class BoardRules : AbstractValidator<BoardRequest>
    {
        public BoardRules() => RuleFor(request => request.At).IsDateOrInstant();
    }

    private sealed class LevelBoardRules : AbstractValidator<LevelBoardRequest>
    {
        public LevelBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.Framework).IsFramework(catalogue);
            RuleFor(request => request.At).IsDateOrInstant();
        }
    }

    private sealed class ServiceDomainBoardRules : AbstractValidator<ServiceDomainBoardRequest>
    {
        public ServiceDomainBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.Framework).IsFramework(catalogue);
            RuleFor(request => request.ServiceDomain).IsServiceDomain(catalogue);
            RuleFor(request => request.At).IsDateOrInstant();
        }
    }

    private sealed class InputBoardRules : AbstractValidator<InputBoardRequest>
    {
        public InputBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.Framework).IsFramework(catalogue);
            RuleFor(request => request.ServiceDomain).IsServiceDomain(catalogue);
            RuleFor(request => request.Indicator)
                .Must(key => string.IsNullOrEmpty(key) || catalogue.Indicators.ContainsKey(key))
                .WithMessage("There is no indicator with this key; see /api/v1/indicators.");
            RuleFor(request => request.At).IsDateOrInstant();
        }
    }

    private sealed class HeadroomBoardRules : AbstractValidator<HeadroomBoardRequest>
    {
        public HeadroomBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.ServiceDomain).IsServiceDomain(catalogue);
            RuleFor(request => request.At).IsDateOrInstant();
        }
    }

    private class TimeBoardRules<TRequest> : AbstractValidator<TRequest>
        where TRequest : ITimeBoardRequest
    {
        public TimeBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.Framework).NotNull().WithMessage("Is needed.");
            RuleFor(request => request.Framework).IsFramework(catalogue);
            RuleFor(request => request.From).NotNull().WithMessage("Is needed.");
            RuleFor(request => request.From).IsDateOrInstant();
            RuleFor(request => request.From)
                .Must((request, from) => !(ApiTime.End(request.To) - ApiTime.Start(from) > LongestTime))
                .WithMessage("Lies more than a year before to.");
            RuleFor(request => request.To).IsDateOrInstant();
            RuleFor(request => request.To).Must((request, to) => !(ApiTime.End(to) <= ApiTime.Start(request.From))).WithMessage("Has to lie after from.");
        }
    }

    private sealed class HealthBoardRules : TimeBoardRules<HealthBoardRequest>
    {
        public HealthBoardRules(HubCatalogue catalogue)
            : base(catalogue) =>
            RuleFor(request => request.Of)
                .Must(of => of is null || HealthRow.Kinds.Contains(of)).WithMessage($"Expected one of: {string.Join(", ", HealthRow.Kinds)}.");
    }

    private sealed class AlarmRules : AbstractValidator<AlarmRequest>
    {
        public AlarmRules(HubCatalogue catalogue, UncataloguedOrganisations uncatalogued) =>
            RuleFor(request => request.Organisation).AreOrganisations(catalogue, uncatalogued);
    }
}
