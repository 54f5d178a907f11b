using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>How much one organisation's score counts in that of the one above it, over a span of days.</summary>
/// <param name="Weight">Above 0; the weights of one parent need not add up to 1.</param>
/// <param name="Basis">What the weight is a share of: attendances, open beds.</param>
public sealed record RollUpWeight(
    OrganisationCode Parent, OrganisationCode Child, decimal Weight, DateSpan Valid, string Basis, Provenance Provenance, string Source);

/// <summary>
/// Rolls scores up, provider to place to system to region to nation: each step the weighted mean of the scores below it, cut by the same
/// cuts. What is missing below is out of the mean and counts against the coverage; the bounds have it at its best and at its worst.
/// </summary>
/// <param name="minimumCoveragePercent">How much of the weight has to be there for a level, in percent.</param>
public sealed class RollUp(LevelScale scale, IReadOnlyCollection<RollUpWeight> weights, double minimumCoveragePercent)
{
    private readonly ILookup<OrganisationCode, RollUpWeight> byParent = weights.ToLookup(weight => weight.Parent);

    /// <summary>An organisation's step, with those below it.</summary>
    /// <param name="readings">The outcome of an organisation below which nothing is weighed; null where it has none.</param>
    /// <exception cref="ArgumentException">The weights lead from an organisation back to itself.</exception>
    public RollUpStep Of(OrganisationCode organisation, DateOnly date, Func<OrganisationCode, SlotOutcome?> readings) =>
        Of(organisation, date, readings, []);

    private RollUpStep Of(OrganisationCode organisation, DateOnly date, Func<OrganisationCode, SlotOutcome?> readings, HashSet<OrganisationCode> above)
    {
        if (!above.Add(organisation))
        {
            throw new ArgumentException($"The weights of {date:yyyy-MM-dd} lead from {organisation} back to itself.", nameof(organisation));
        }

        var parts = byParent[organisation]
            .Where(weight => weight.Valid.Contains(date))
            .OrderBy(weight => weight.Child)
            .Select(weight => new RollUpPart(weight, Of(weight.Child, date, readings, above)))
            .ToList();
        above.Remove(organisation);
        return parts.Count > 0 ? Sum(organisation, parts) : Leaf(organisation, readings(organisation));
    }

    private RollUpStep Leaf(OrganisationCode organisation, SlotOutcome? reading) => reading is not { Applicable: > 0 } outcome
        ? new RollUpStep(organisation, null, null, 0, scale.FullScale, 1, LevelScale.Highest, 0, [])
        : new RollUpStep(
            organisation,
            outcome.IsCalculated ? outcome.Score : null,
            outcome.IsCalculated ? outcome.Level : null,
            scale.ScoreOf(outcome.Points, outcome.Applicable),
            scale.ScoreOf(outcome.Points + outcome.Applicable - outcome.Available, outcome.Applicable),
            outcome.LowestLevel,
            outcome.HighestLevel,
            outcome.IsCalculated ? 100 : 0,
            []);

    private RollUpStep Sum(OrganisationCode organisation, List<RollUpPart> parts)
    {
        var all = parts.Sum(part => part.Weight.Weight);
        var there = parts.Where(part => part.Step.Score is not null).ToList();
        var weight = there.Sum(part => part.Weight.Weight);
        var coverage = (double)(there.Sum(part => part.Weight.Weight * (decimal)part.Step.CoveragePercent) / all);
        decimal? score = weight > 0 && coverage >= minimumCoveragePercent
            ? there.Sum(part => part.Weight.Weight * part.Step.Score!.Value) / weight
            : null;
        var best = parts.Sum(part => part.Weight.Weight * part.Step.BestScore) / all;
        var worst = parts.Sum(part => part.Weight.Weight * part.Step.WorstScore) / all;
        return new RollUpStep(
            organisation, score, score is { } known ? scale.LevelOf(known) : null,
            best, worst, scale.LevelOf(best), scale.LevelOf(worst), coverage, parts);
    }
}

/// <summary>One organisation's score as rolled up from those below it.</summary>
/// <param name="Score">On the framework's scale, before rounding; null where too little is there.</param>
/// <param name="Level">1 to 4; null where there is no score.</param>
/// <param name="BestScore">With everything that is missing below at its best.</param>
/// <param name="WorstScore">With everything that is missing below at its worst.</param>
/// <param name="CoveragePercent">How much of the weight, at every step down, has a score, in percent.</param>
/// <param name="Parts">What it is made of; empty where nothing below it is weighed, and its own reading stands.</param>
public sealed record RollUpStep(
    OrganisationCode Organisation,
    decimal? Score,
    int? Level,
    decimal BestScore,
    decimal WorstScore,
    int LowestLevel,
    int HighestLevel,
    double CoveragePercent,
    IReadOnlyList<RollUpPart> Parts);

/// <summary>One organisation's part of the step above it.</summary>
public sealed record RollUpPart(RollUpWeight Weight, RollUpStep Step);
