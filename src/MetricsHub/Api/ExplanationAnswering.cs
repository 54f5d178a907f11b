using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation.Explanation;

namespace MetricsHub.Api;

/// <summary>Turns derivations into answers.</summary>
/// <param name="linkTo">The address of the explanation at a slot's end.</param>
internal sealed class ExplanationAnswering(OrganisationTree tree, Func<Framework, DateTimeOffset, string> linkTo)
{
    public ExplanationItem ToItem(Explanation explanation)
    {
        var derivation = explanation.Derivation;
        var (reading, framework) = (derivation.Reading, derivation.Rules.Framework);
        return new ExplanationItem(
            new FrameworkName(framework.Key, framework.Version, framework.Name, framework.National),
            derivation.Rules.Hash,
            derivation.InputsHash,
            derivation.Hash,
            reading.Slot.Start,
            reading.Slot.End,
            ToShown(derivation),
            ToLevel(reading),
            reading.Bounds is { } bounds ? ToBounds(reading, bounds) : null,
            [.. derivation.Inputs.Select(input => ToInput(derivation, input, explanation))],
            [.. reading.Pillars.Select(PillarItem.Of)],
            [.. reading.Changes.Select(ChangeItem.Of)],
            [.. framework.Unscored.Select(UnscoredItem.Of)],
            ScoringItem.Of(framework.Scoring),
            [.. framework.Levels.Select(LevelCutItem.Of)],
            MissingDataItem.Of(framework.MissingData),
            HysteresisItem.Of(framework.Hysteresis));
    }

    private ExplainedShownItem ToShown(Derivation derivation)
    {
        var framework = derivation.Rules.Framework;
        var scale = new LevelScale(framework);
        return new ExplainedShownItem(
            ShownItem.Of(derivation.Shown, framework.Hysteresis),
            ExplanationWords.WhyShown(derivation),
            ShownItem.Of(derivation.Fold?.Before ?? default, framework.Hysteresis),
            [.. (derivation.Fold?.Slots ?? []).Select(slot => ToSlot(slot, framework, scale))],
            derivation.Fold?.Omitted ?? 0);
    }

    private FoldSlotItem ToSlot(ShownOutcome slot, Framework framework, LevelScale scale) => new(
        slot.At,
        slot.Outcome.IsCalculated ? slot.Outcome.Level : null,
        slot.Outcome.LowestLevel,
        slot.Outcome.HighestLevel,
        slot.Outcome.Available > 0 ? slot.Outcome.Score : null,
        slot.Outcome.WorstScore,
        scale.LevelOf(slot.Outcome.WorstScore + framework.Hysteresis.Margin),
        slot.Shown.Level > 0 ? slot.Shown.Level : null,
        slot.Shown.Status.ToWord(),
        slot.Shown.CalmSlots,
        slot.Shown.SlotsWithoutLevel,
        linkTo(framework, slot.At));

    private static ExplainedLevelItem ToLevel(EscalationReading reading) => new(
        EscalationAnswering.StatusOf(reading),
        reading.CalculatedLevel,
        reading.NotCalculatedBecause,
        reading.Outcome.Points,
        reading.Outcome.Available,
        reading.Outcome.Applicable,
        reading.Outcome.Available > 0 ? reading.Outcome.Score : null,
        reading.ObservablePercent,
        ExplanationWords.ScoreOf(reading),
        reading.CalculatedLevel is { } level ? LevelCutItem.Of(reading.Framework.Levels.Single(cut => cut.Level == level)) : null);

    private static ExplainedBoundsItem ToBounds(EscalationReading reading, LevelBounds bounds)
    {
        var (outcome, scale) = (reading.Outcome, new LevelScale(reading.Framework));
        var atWorst = outcome.Points + outcome.Applicable - outcome.Available;
        return new ExplainedBoundsItem(
            new ExplainedBoundItem(
                bounds.Lowest, outcome.Points, outcome.Applicable, outcome.Applicable > 0 ? scale.ScoreOf(outcome.Points, outcome.Applicable) : 0),
            new ExplainedBoundItem(bounds.Highest, atWorst, outcome.Applicable, outcome.WorstScore),
            bounds.IsCertain,
            bounds.UnknownPercent,
            [.. reading.Missing.Select(missing => new TakenPointsItem(missing.Indicator.Key, 0, ParameterOf(reading.Framework, missing).MaximumPoints))]);
    }

    private ExplainedInputItem ToInput(Derivation derivation, IndicatorReading input, Explanation explanation)
    {
        var reading = derivation.Reading;
        var contribution = reading.Contributions.FirstOrDefault(each => each.Reading == input);
        var parameter = ParameterOf(reading.Framework, input);
        var indicator = input.Indicator;
        var leaves = Leaf.Of(input).ToLookup(leaf => leaf.Contributor);
        return new ExplainedInputItem(
            indicator.Key,
            indicator.Name,
            indicator.ServiceDomain,
            contribution is not null ? "present" : reading.Missing.Contains(input) ? "missing" : "not-applicable",
            reading.Missing.Contains(input) ? input.Value.Absence?.ToText() : null,
            [.. indicator.Formulas.Select(formula => ExplanationWords.FormulaOf(formula, indicator.Per))],
            contribution is not null && input.Value.TryGetNumber(out var value) ? value : null,
            indicator.Unit,
            input.Numerator,
            input.Denominator,
            ExplanationWords.ValueOf(input, reading.Framework.MissingData),
            input.CoveragePercent,
            contribution?.Points,
            parameter.MaximumPoints,
            contribution is not null ? BandItem.Of(contribution.Band) : null,
            ParameterItem.Of(parameter),
            contribution?.IsLowSample ?? false,
            [
                .. input.Contributors.Select(part => ToPart(part.Organisation, ContributorStatus.Contributes, part, leaves, explanation)),
                .. input.Others.Select(part => ToPart(part.Organisation, part.Status, part.Last, leaves, explanation)),
            ]);
    }

    private ExplainedPartItem ToPart(
        OrganisationCode organisation, ContributorStatus status, IndicatorContributor? sums, ILookup<OrganisationCode, Leaf> leaves, Explanation explanation) => new(
        organisation.ToString(),
        tree.Find(organisation)?.Name ?? "",
        status.ToWord(),
        sums?.Numerator,
        sums?.Denominator,
        [.. leaves[organisation].Select(leaf => ToObservation(leaf, explanation))]);

    private static ExplainedObservationItem ToObservation(Leaf leaf, Explanation explanation)
    {
        var statement = leaf.Statement;
        var publication = explanation.Publications.GetValueOrDefault(statement.Publication);
        return new ExplainedObservationItem(
            leaf.Role.ToWord(),
            statement.Series.Metric.ToString(),
            statement.Period.Start,
            statement.Period.End,
            statement.Figure.TryGetNumber(out var number) ? number : null,
            statement.Figure.Absence?.ToText(),
            statement.Publication.ToString(),
            publication?.FileName,
            publication?.Source.ToString(),
            statement.Row,
            statement.RecordedAt);
    }

    private static Parameter ParameterOf(Framework framework, IndicatorReading input) =>
        framework.Parameters.First(parameter => parameter.Indicator == input.Indicator.Key);
}
