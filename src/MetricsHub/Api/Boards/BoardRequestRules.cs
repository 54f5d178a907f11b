using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Api.Boards;

/// <summary>What boards may be asked.</summary>
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
        .AddSingleton<IValidator<SeriesBoardRequest>, SeriesBoardRules>()
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

    private class TimeRules<TRequest> : AbstractValidator<TRequest>
        where TRequest : ITimeRequest
    {
        public TimeRules()
        {
            RuleFor(request => request.From).NotNull().WithMessage("Is needed.");
            RuleFor(request => request.From).IsDateOrInstant();
            RuleFor(request => request.From)
                .Must((request, from) => !(ApiTime.End(request.To) - ApiTime.Start(from) > LongestTime))
                .WithMessage("Lies more than a year before to.");
            RuleFor(request => request.To).IsDateOrInstant();
            RuleFor(request => request.To).Must((request, to) => !(ApiTime.End(to) <= ApiTime.Start(request.From))).WithMessage("Has to lie after from.");
        }
    }

    private class TimeBoardRules<TRequest> : TimeRules<TRequest>
        where TRequest : ITimeBoardRequest
    {
        public TimeBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.Framework).NotNull().WithMessage("Is needed.");
            RuleFor(request => request.Framework).IsFramework(catalogue);
        }
    }

    private sealed class SeriesBoardRules : TimeRules<SeriesBoardRequest>
    {
        public SeriesBoardRules(HubCatalogue catalogue)
        {
            RuleFor(request => request.Metric).NotNull().WithMessage("Is needed.");
            RuleFor(request => request.Metric)
                .Must(text => text is null or BoardWords.None || (MetricKey.TryParse(text, out var key) && catalogue.Metrics.ContainsKey(key)))
                .WithMessage("There is no metric with this key; see /api/v1/metrics.");
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
