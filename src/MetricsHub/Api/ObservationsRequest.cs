using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>Which figures, and how.</summary>
/// <param name="Metric">Keys of metrics: repeated or comma separated, at most 100; all by default.</param>
/// <param name="Organisation">ODS codes: repeated or comma separated, at most 100; all by default.</param>
/// <param name="Shared">true: also the figures of those that serve the organisations asked for, each marked as shared. Needs organisation, and no step.</param>
/// <param name="Gaps">
/// true: also the periods for which nothing is stated, each with the absence that says why (not-due, late or source-down). Needs metric (all
/// of one cadence), organisation, from and to, and neither step nor shared.
/// </param>
/// <param name="From">Periods that start at or after it: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Periods that start before it: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="Step">hour, day or month: gathers the figures into steps. Needs metric, organisation, from, to and aggregate.</param>
/// <param name="Aggregate">How figures are gathered: mean, sum (never of a snapshot), minimum, maximum, last or count.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant.</param>
/// <param name="Limit">How many to a page: 1 to 1000, 100 by default. A CSV file without it holds up to 100,000 rows.</param>
/// <param name="Cursor">Where to go on, from the page before.</param>
internal sealed record ObservationsRequest(
    string[]? Metric,
    string[]? Organisation,
    string? Shared,
    string? Gaps,
    string? From,
    string? To,
    string? Step,
    string? Aggregate,
    string? AsOf,
    string? Limit,
    string? Cursor);

/// <summary>Which series to give the newest figure of.</summary>
/// <param name="Metric">Keys of metrics: repeated or comma separated, at most 100; all by default.</param>
/// <param name="Organisation">ODS codes: repeated or comma separated, at most 100; all by default.</param>
/// <param name="Limit">How many to a page: 1 to 1000, 100 by default. A CSV file without it holds up to 100,000 rows.</param>
/// <param name="Cursor">Where to go on, from the page before.</param>
internal sealed record LatestRequest(string[]? Metric, string[]? Organisation, string? Limit, string? Cursor);

/// <summary>How the numbers of a step are gathered into one.</summary>
internal enum Aggregate
{
    Mean,
    Sum,
    Minimum,
    Maximum,
    Last,
    Count,
}

internal static class ObservationWords
{
    public static readonly IReadOnlyDictionary<string, Step> Steps = Enum.GetValues<Step>().ToDictionary(step => step.ToWord());
    public static readonly IReadOnlyDictionary<string, Aggregate> Aggregates = Enum.GetValues<Aggregate>().ToDictionary(aggregate => aggregate.ToWord());

    public static SeriesSelection SelectionOf(string[]? metrics, string[]? organisations) => new(
        metrics is { Length: > 0 } ? ParameterRules.Split(metrics).Select(text => new MetricKey(text)).ToHashSet() : null,
        organisations is { Length: > 0 } ? ParameterRules.Split(organisations).Select(text => new OrganisationCode(text)).ToHashSet() : null);
}

internal sealed class LatestRequestRules : AbstractValidator<LatestRequest>
{
    public LatestRequestRules(HubCatalogue catalogue, UncataloguedOrganisations uncatalogued)
    {
        RuleFor(request => request.Metric).AreMetrics(catalogue);
        RuleFor(request => request.Organisation).AreOrganisations(catalogue, uncatalogued);
        RuleFor(request => request.Limit).IsLimit();
        RuleFor(request => request.Cursor)
            .Must(text => text is null || Cursor.TryParse(text, out StatementPosition? _)).WithMessage("Not a cursor of this list.");
    }
}

internal sealed class ObservationsRequestRules : AbstractValidator<ObservationsRequest>
{
    private const int MaximumCells = 100_000;

    public ObservationsRequestRules(HubCatalogue catalogue, UncataloguedOrganisations uncatalogued, TimeProvider clock)
    {
        RuleFor(request => request.Metric).AreMetrics(catalogue);
        RuleFor(request => request.Organisation).AreOrganisations(catalogue, uncatalogued);
        RuleFor(request => request.Shared).IsBoolean();
        RuleFor(request => request.Shared)
            .Must((request, shared) => shared is not "true" || request is { Step: null, Organisation.Length: > 0 })
            .WithMessage("Needs organisation, and no step: what is shared is not gathered.");
        Include(new GapRules(catalogue, MaximumCells));
        RuleFor(request => request.From).IsDateOrInstant();
        RuleFor(request => request.To).IsDateOrInstant();
        RuleFor(request => request.To)
            .Must((request, to) => !(ApiTime.Start(to) <= ApiTime.Start(request.From))).WithMessage("Has to lie after from.");
        RuleFor(request => request.Step).IsWord(ObservationWords.Steps);
        RuleFor(request => request.Aggregate).IsWord(ObservationWords.Aggregates);
        RuleFor(request => request.AsOf).IsAsOf(clock);
        RuleFor(request => request.Limit).IsLimit();
        When(request => request.Step is null, () =>
        {
            RuleFor(request => request.Aggregate).Null().WithMessage("Needs a step.");
            RuleFor(request => request.Cursor)
                .Must(text => text is null || Cursor.TryParse(text, out StatementPosition? _)).WithMessage("Not a cursor of this list.");
        });
        When(request => request.Step is not null, () =>
        {
            RuleFor(request => request.Aggregate).NotNull().WithMessage("Is needed with a step.");
            RuleFor(request => request.Metric).NotEmpty().WithMessage("Is needed with a step.");
            RuleFor(request => request.Organisation).NotEmpty().WithMessage("Is needed with a step.");
            RuleFor(request => request.From).NotNull().WithMessage("Is needed with a step.");
            RuleFor(request => request.To).NotNull().WithMessage("Is needed with a step.");
            RuleFor(request => request.Step)
                .Must((request, _) => CellsOf(request) <= MaximumCells)
                .WithMessage($"Metrics times organisations times steps make more than {MaximumCells}; ask for less at once.");
            RuleFor(request => request.Aggregate)
                .Must((request, word) => word is not "sum" || !Snapshots(request, catalogue).Any())
                .WithMessage((request, _) =>
                    $"Read at one moment, so never summed over time: {string.Join(", ", Snapshots(request, catalogue))}. "
                    + "Take mean, minimum, maximum or last.");
            RuleFor(request => request.Cursor)
                .Must(text => text is null || Cursor.TryParse(text, out (SeriesKey, DateTimeOffset) _))
                .WithMessage("Not a cursor of this list.");
        });
    }

    private static double CellsOf(ObservationsRequest request)
    {
        if (!ObservationWords.Steps.TryGetValue(request.Step!, out var step) || ApiTime.Start(request.To) - ApiTime.Start(request.From) is not { } length)
        {
            return 0;
        }

        var steps = step switch { Step.Hour => length.TotalHours, Step.Day => length.TotalDays, _ => length.TotalDays / 28 };
        return Math.Ceiling(steps) * ParameterRules.Split(request.Metric).Count * ParameterRules.Split(request.Organisation).Count;
    }

    private static IEnumerable<MetricKey> Snapshots(ObservationsRequest request, HubCatalogue catalogue) =>
        ParameterRules.Split(request.Metric)
            .Select(text => MetricKey.TryParse(text, out var key) ? catalogue.Metrics.GetValueOrDefault(key) : null)
            .Where(metric => metric is { Measure: MeasureKind.Snapshot })
            .Select(metric => metric!.Key);
}
