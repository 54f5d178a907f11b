using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>Turns readings into answers: ages are counted back from the instant asked for.</summary>
internal sealed class EscalationAnswering(HubCatalogue catalogue, DeclaredLevels declared, DateTimeOffset at, Func<CalculatedSlot, string> linkTo)
{
    public ReadingItem ToItem(FrameworkReading found)
    {
        var reading = found.Reading;
        var framework = reading.Framework;
        return new ReadingItem(
            FrameworkName.Of(framework),
            reading.Slot.Start,
            reading.Slot.End,
            StatusOf(reading),
            reading.CalculatedLevel,
            BoundsItem.Of(reading.Bounds),
            ShownItem.Of(found.Shown, framework.Hysteresis),
            DeclarationItem.ToldOf(declared.ToldAt(at, reading.Organisation, framework), at),
            reading.NotCalculatedBecause,
            reading.Outcome.Points,
            reading.Outcome.Available,
            reading.Outcome.Applicable,
            reading.ScorePercent,
            reading.Outcome.Available > 0 ? reading.Outcome.Score : null,
            reading.ObservablePercent,
            [.. reading.Pillars.Select(PillarItem.Of)],
            [.. reading.Changes.Select(ChangeItem.Of)],
            [.. reading.Contributions.Select(ToItem)],
            [.. reading.Missing.Select(missing => ToMissing(missing, framework))],
            [.. reading.NotApplicable.Select(input => new NotApplicableItem(input.Indicator.Key, input.Indicator.Name, input.Indicator.ServiceDomain))],
            [.. framework.Unscored.Select(UnscoredItem.Of)],
            ScoringItem.Of(framework.Scoring),
            [.. framework.Levels.Select(LevelCutItem.Of)],
            MissingDataItem.Of(framework.MissingData),
            HysteresisItem.Of(framework.Hysteresis),
            found.LatestCalculated is { } latest ? new LatestCalculatedItem(latest.At, latest.CalculatedLevel, linkTo(latest)) : null);
    }

    public static string StatusOf(EscalationReading reading) => reading.CalculatedLevel is null ? "not-calculated" : "calculated";

    private ContributionItem ToItem(Contribution contribution)
    {
        var reading = contribution.Reading;
        var indicator = reading.Indicator;
        var metrics = reading.Contributors
            .SelectMany(contributor => contributor.Statements)
            .Select(statement => statement.Series.Metric)
            .Distinct()
            .Order()
            .Select(key => catalogue.Metrics[key])
            .ToList();
        return new ContributionItem(
            indicator.Key,
            indicator.Name,
            indicator.ServiceDomain,
            reading.Value.TryGetNumber(out var value) ? value : throw new InvalidOperationException($"{indicator.Key} scores without a value."),
            indicator.Unit,
            reading.Numerator,
            reading.Denominator,
            contribution.Points,
            contribution.Parameter.MaximumPoints,
            contribution.IsLowSample,
            BandItem.Of(contribution.Band),
            reading.OldestPeriod.Start,
            reading.OldestPeriod.End,
            AgeOf(reading.OldestPeriod),
            [.. metrics.SelectMany(metric => catalogue.SourcesOf(metric.Key)).Select(source => source.Key.ToString()).Distinct()],
            [.. reading.Contributors.Select(ToItem)],
            reading.CoveragePercent,
            Codes(reading.Silent),
            Codes(reading.Closed),
            [.. reading.Incomplete.Select(ToItem)],
            BreakItem.Among(metrics, day => day <= LondonCalendar.LastDayOf(reading.Period)));
    }

    private ContributorItem ToItem(IndicatorContributor contributor) => new(
        contributor.Organisation.ToString(),
        catalogue.Organisations.Find(contributor.Organisation)?.Name ?? "",
        contributor.Numerator,
        contributor.Denominator,
        [
            .. contributor.Statements
                .GroupBy(statement => (statement.Publication, statement.Row, statement.RecordedAt))
                .Select(row => new RowItem(row.Key.Publication.ToString(), row.Key.Row, row.Key.RecordedAt, [.. row.Select(ToFigure)])),
        ]);

    private static FigureItem ToFigure(RecordedStatement statement) => new(
        statement.Series.Metric.ToString(),
        statement.Figure.TryGetNumber(out var number) ? number : throw new InvalidOperationException($"{statement.Series} contributes without a number."));

    private MissingItem ToMissing(IndicatorReading reading, Framework framework) => new(
        reading.Indicator.Key,
        reading.Indicator.Name,
        reading.Indicator.ServiceDomain,
        reading.Value.Absence!.Value.ToText(),
        framework.Parameters.First(parameter => parameter.Indicator == reading.Indicator.Key).MaximumPoints,
        reading.LastPeriod?.Start,
        reading.LastPeriod?.End,
        reading.LastPeriod is { } last ? AgeOf(last) : null,
        reading.CoveragePercent,
        Codes(reading.Silent),
        [.. reading.Incomplete.Select(ToItem)]);

    private static IncompleteItem ToItem(IncompleteContributor incomplete) => new(
        incomplete.Organisation.ToString(),
        [.. incomplete.Missing.Select(missing => new MissingFigureItem(missing.Metric.ToString(), missing.Absence?.ToText()))]);

    private static string[] Codes(IReadOnlyList<OrganisationCode> organisations) => [.. organisations.Select(code => code.ToString())];

    private long AgeOf(Period period) => (long)(at - period.End).TotalSeconds;
}
