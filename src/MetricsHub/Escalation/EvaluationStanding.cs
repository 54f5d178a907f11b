using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>What the ledger says of evaluation at one instant: how far it has come, by which rules, and what is due.</summary>
internal sealed class EvaluationStanding(HubCatalogue catalogue, EvaluationBasis basis, IReadOnlyList<Evaluation> evaluations, DueFigures due)
{
    public DueFigures Due => due;

    public static async Task<EvaluationStanding> ReadAsync(
        HubCatalogue catalogue, EvaluationBasis basis, ILedger ledger, CancellationToken cancellationToken) =>
        new(catalogue, basis, await ledger.ListEvaluationsAsync(cancellationToken), await ledger.ReadDueAsync(cancellationToken));

    /// <summary>How far a framework was last evaluated, by whatever rules; null where it never was.</summary>
    public Evaluation? Find(Framework framework) =>
        evaluations.FirstOrDefault(evaluation => evaluation.Framework == FrameworkVersion.Of(framework));

    /// <summary>Up to where its readings rest on the rules of today; null where they are none or of other rules.</summary>
    public DateTimeOffset? EvaluatedTo(Framework framework) =>
        Find(framework) is { } evaluation && evaluation.RulesHash == basis.HashOf(framework) && evaluation.EvaluatedTo > DateTimeOffset.MinValue
            ? evaluation.EvaluatedTo
            : null;

    /// <summary>What is due of the figures that a framework reads.</summary>
    public IReadOnlyList<TouchedSpan> DueOf(Framework framework)
    {
        var metrics = catalogue.MetricsOf(framework);
        return [.. due.Spans.Where(span => metrics.Contains(span.Series.Metric))];
    }

    /// <summary>
    /// Up to where the stored readings of an organisation hold: no slot that ends at or before it can be touched by what is due. Null
    /// where none of them does.
    /// </summary>
    public DateTimeOffset? HoldsTo(Framework framework, FrameworkSeries series) =>
        EvaluatedTo(framework) is { } evaluated
            ? DueOf(framework)
                .Where(span => series.Organisations.Contains(span.Series.Organisation))
                .Aggregate(evaluated, (holds, span) => span.FirstStart < holds ? span.FirstStart : holds)
            : null;
}
