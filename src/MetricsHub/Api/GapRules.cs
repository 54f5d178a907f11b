using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Api;

/// <summary>What a request for gaps has to name, so that what is expected can be counted before anything is read.</summary>
internal sealed class GapRules : AbstractValidator<ObservationsRequest>
{
    public GapRules(HubCatalogue catalogue, int maximumCells)
    {
        RuleFor(request => request.Gaps).IsBoolean();
        When(request => request.Gaps is "true", () =>
        {
            RuleFor(request => request.Gaps)
                .Must((request, _) => request is { Step: null, Shared: not "true", Metric.Length: > 0, Organisation.Length: > 0, From: not null, To: not null })
                .WithMessage("Needs metric, organisation, from and to, and neither step nor shared.");
            RuleFor(request => request.Gaps)
                .Must((request, _) => CadencesOf(request, catalogue).Count <= 1)
                .WithMessage("Needs metrics of one cadence; see /api/v1/metrics.");
            RuleFor(request => request.Gaps)
                .Must((request, _) => CellsOf(request, catalogue) <= maximumCells)
                .WithMessage($"Metrics times organisations times periods make more than {maximumCells}; ask for less at once.");
        });
    }

    private static double CellsOf(ObservationsRequest request, HubCatalogue catalogue)
    {
        if (ApiTime.Start(request.To) - ApiTime.Start(request.From) is not { } length || CadencesOf(request, catalogue) is not [var cadence])
        {
            return 0;
        }

        var periods = cadence switch
        {
            Cadence.QuarterHour => length.TotalMinutes / 15,
            Cadence.Day => length.TotalDays,
            Cadence.Month => length.TotalDays / 28,
            _ => length.TotalDays / 90,
        };
        return Math.Ceiling(periods) * ParameterRules.Split(request.Metric).Count * ParameterRules.Split(request.Organisation).Count;
    }

    private static List<Cadence> CadencesOf(ObservationsRequest request, HubCatalogue catalogue) =>
    [
        .. ParameterRules.Split(request.Metric)
            .Select(text => MetricKey.TryParse(text, out var key) ? catalogue.Metrics.GetValueOrDefault(key) : null)
            .OfType<Metric>()
            .Select(metric => metric.Cadence)
            .Distinct(),
    ];
}
