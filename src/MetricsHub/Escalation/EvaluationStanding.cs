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

    /// <summary>How a framework's evaluation stands at an instant.</summary>
    public FrameworkStanding StandingOf(Framework framework, DateTimeOffset at)
    {
        var newest = Grid.SlotAt(framework.Grid, at).End;
        var (to, due) = (EvaluatedTo(framework), DueOf(framework));
        var state = Find(framework)?.Failure is not null ? EvaluationState.Failed
            : to is null ? EvaluationState.Never
            : to < newest || due.Count > 0 ? EvaluationState.Behind
            : EvaluationState.UpToDate;
        return new FrameworkStanding(framework, state, to, newest, due);
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

/// <summary>How the evaluation of one version of a framework stands.</summary>
internal enum EvaluationState
{
    UpToDate,

    /// <summary>Slots have ended or figures have changed since.</summary>
    Behind,

    /// <summary>Nothing is evaluated by the rules of today.</summary>
    Never,
    Failed,
}

/// <param name="EvaluatedTo">Every slot that ends at or before it is evaluated by the rules of today, save for what is due; null where none is.</param>
/// <param name="NewestSlotEnd">The end of the newest slot that has ended.</param>
/// <param name="Due">What has changed since it was evaluated.</param>
internal sealed record FrameworkStanding(
    Framework Framework, EvaluationState State, DateTimeOffset? EvaluatedTo, DateTimeOffset NewestSlotEnd, IReadOnlyList<TouchedSpan> Due);
