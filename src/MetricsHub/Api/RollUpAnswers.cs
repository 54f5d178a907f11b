using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>What the scores of those below an organisation come to, by each framework that rolls up. Never a part of its own readings.</summary>
/// <param name="Organisation">The organisation rolled up to.</param>
/// <param name="At">The instant asked for.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="RollUps">One for each framework that rolls up to it; empty where nobody below it has a weight.</param>
internal sealed record RollUpAnswer(OrganisationName Organisation, DateTimeOffset At, DateTimeOffset AsOf, IReadOnlyList<RollUpItem> RollUps);

/// <summary>A framework's roll-up at one slot.</summary>
/// <param name="Framework">The framework whose scores are rolled up.</param>
/// <param name="SlotStart">The start of the period judged.</param>
/// <param name="SlotEnd">Its end, exclusive: the instant at which the scores stand.</param>
/// <param name="Rule">With what it begins, and how much of the weight has to be there for a level.</param>
/// <param name="Steps">The organisation asked for, then those below it, each followed by what it is made of.</param>
internal sealed record RollUpItem(FrameworkName Framework, DateTimeOffset SlotStart, DateTimeOffset SlotEnd, RollUpRuleItem Rule, IReadOnlyList<RollUpStepItem> Steps)
{
    public static RollUpItem Of(RollUpReading reading, OrganisationTree tree, Func<string, string> linkTo) => new(
        new FrameworkName(reading.Framework.Key, reading.Framework.Version, reading.Framework.Name, reading.Framework.National),
        reading.Slot.Start,
        reading.Slot.End,
        RollUpRuleItem.Of(reading.Framework.RollUp!),
        [.. StepsFrom(reading, reading.Step, parent: null, weight: null, tree, linkTo)]);

    private static IEnumerable<RollUpStepItem> StepsFrom(
        RollUpReading reading, RollUpStep step, string? parent, RollUpWeightItem? weight, OrganisationTree tree, Func<string, string> linkTo)
    {
        var code = step.Organisation.ToString();
        yield return RollUpStepItem.Of(reading, step, tree.Find(step.Organisation)!, parent, weight, linkTo);
        var all = step.Parts.Sum(part => part.Weight.Weight);
        foreach (var part in step.Parts)
        {
            foreach (var below in StepsFrom(reading, part.Step, code, RollUpWeightItem.Of(part.Weight, all), tree, linkTo))
            {
                yield return below;
            }
        }
    }
}

/// <summary>How a framework's scores roll up.</summary>
/// <param name="From">The kind of organisation whose own readings it begins with.</param>
/// <param name="MinimumCoveragePercent">How much of the weight has to have a score for a level, in percent.</param>
/// <param name="Provenance">Where the rule comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record RollUpRuleItem(string From, double MinimumCoveragePercent, string Provenance, string Source)
{
    public static RollUpRuleItem Of(RollUpPolicy policy) =>
        new(policy.From.ToWord(), policy.MinimumCoveragePercent, policy.Provenance.ToWord(), policy.Source);
}

/// <summary>One organisation's step: the weighted mean of the scores below it, or its own reading where it begins.</summary>
/// <param name="Organisation">Its ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Parent">The ODS code of the step that it is a part of; null at the organisation asked for.</param>
/// <param name="Weight">How much it counts there; null at the organisation asked for.</param>
/// <param name="Made">roll-up, or reading where the organisation's own reading stands.</param>
/// <param name="Score">On the framework's scale, before rounding; null where too little is there.</param>
/// <param name="Level">1 (least pressure) to 4; null where there is no score.</param>
/// <param name="LowestLevel">The level with everything that is missing below at its best.</param>
/// <param name="HighestLevel">The level with everything that is missing below at its worst.</param>
/// <param name="BestScore">The score with everything that is missing below at its best.</param>
/// <param name="WorstScore">The score with everything that is missing below at its worst.</param>
/// <param name="CoveragePercent">How much of the weight, at every step down, has a score, in percent.</param>
/// <param name="Reason">Why there is no score; null where there is one.</param>
/// <param name="Missing">The ODS codes of those below, at any depth, that it should begin with and that have no score; their steps say why.</param>
/// <param name="Unweighed">The ODS codes of those directly below that could have a reading and have no weight: they count for nothing here.</param>
/// <param name="Link">The address of the organisation's own reading; null where it is rolled up.</param>
internal sealed record RollUpStepItem(
    string Organisation,
    string Name,
    string Kind,
    string? Parent,
    RollUpWeightItem? Weight,
    string Made,
    decimal? Score,
    int? Level,
    int LowestLevel,
    int HighestLevel,
    decimal BestScore,
    decimal WorstScore,
    double CoveragePercent,
    string? Reason,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unweighed,
    string? Link)
{
    public static RollUpStepItem Of(
        RollUpReading reading, RollUpStep step, Organisation organisation, string? parent, RollUpWeightItem? weight, Func<string, string> linkTo)
    {
        var isReading = step.Parts.Count == 0;
        return new RollUpStepItem(
            step.Organisation.ToString(),
            organisation.Name,
            organisation.Kind.ToWord(),
            parent,
            weight,
            isReading ? "reading" : "roll-up",
            step.Score,
            step.Level,
            step.LowestLevel,
            step.HighestLevel,
            step.BestScore,
            step.WorstScore,
            step.CoveragePercent,
            step.Score is not null ? null : isReading ? reading.Reasons[step.Organisation] : TooLittle(step, reading.Framework.RollUp!),
            [.. MissingBelow(step).Select(code => code.ToString())],
            [.. reading.Unweighed[step.Organisation].Select(code => code.ToString())],
            isReading ? linkTo(step.Organisation.ToString()) : null);
    }

    private static string TooLittle(RollUpStep step, RollUpPolicy policy) => FormattableString.Invariant(
        $"Only {step.CoveragePercent:0.#} % of the weight has a score; at least {policy.MinimumCoveragePercent:0.#} % are required.");

    private static IEnumerable<OrganisationCode> MissingBelow(RollUpStep step) => step.Parts
        .Select(part => part.Step)
        .SelectMany(below => below.Parts.Count > 0 ? MissingBelow(below) : below.Score is null ? [below.Organisation] : []);
}

/// <summary>How much one organisation counts in the step above it.</summary>
/// <param name="Value">The weight; those of one step need not add up to 1.</param>
/// <param name="Percent">Its share of all weights of that step, in percent.</param>
/// <param name="Basis">What it is a share of.</param>
/// <param name="ValidFrom">The first day of the weight; null where it is open.</param>
/// <param name="ValidTo">The first day on which it no longer holds; null where it is open.</param>
/// <param name="Provenance">Where it comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states it, or how it was made.</param>
internal sealed record RollUpWeightItem(
    decimal Value, double Percent, string Basis, DateOnly? ValidFrom, DateOnly? ValidTo, string Provenance, string Source)
{
    public static RollUpWeightItem Of(RollUpWeight weight, decimal all) => new(
        weight.Weight, (double)(100 * weight.Weight / all), weight.Basis, weight.Valid.From, weight.Valid.To, weight.Provenance.ToWord(), weight.Source);
}
