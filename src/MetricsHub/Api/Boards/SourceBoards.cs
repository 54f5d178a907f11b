using MetricsHub.Catalogue;
using MetricsHub.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>How sources stand and what became of what was collected, as rows.</summary>
internal sealed class SourceBoards(HubCatalogue catalogue, SourceStatusReader reader, ILedger ledger, EvaluationBasis basis, BoardKeeper keeper, TimeProvider clock)
{
    public const int Newest = 50;

    private static readonly string[] States = ["fresh", "overdue", "failing", "never-run"];

    /// <summary>By key; kept for a moment.</summary>
    public Task<IReadOnlyList<SourceStatus>> StatusesAsync(CancellationToken cancellationToken) =>
        keeper.CurrentAsync("sources", () => reader.ReadAsync(CancellationToken.None), cancellationToken);

    public async Task<IReadOnlyList<SourceRow>> SourcesAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        [.. (await StatusesAsync(cancellationToken)).Select(status => ToRow(SourceItem.Of(status, catalogue, at)))];

    public async Task<IReadOnlyList<SourceStateRow>> StatesAsync(CancellationToken cancellationToken)
    {
        var byState = (await StatusesAsync(cancellationToken)).ToLookup(status => status.Word, status => status.Source.Name);
        return [.. States.Select(state => new SourceStateRow(state, byState[state].Count(), byState[state].Any() ? string.Join(", ", byState[state]) : BoardWords.None))];
    }

    public async Task<IReadOnlyList<PublicationRow>> PublicationsAsync(CancellationToken cancellationToken)
    {
        var found = await keeper.CurrentAsync("publications", () => ledger.ListPublicationsAsync(source: null, before: null, Newest, CancellationToken.None), cancellationToken);
        return found.Count > 0 ? [.. found.Select(publication => ToRow(PublicationItem.Of(publication)))]
            : [new PublicationRow(BoardWords.None, BoardWords.None, null, BoardWords.None, "Nothing has been collected yet.", 0, 0, 0, 0, 0, $"{ApiSetup.Root}/publications")];
    }

    public async Task<IReadOnlyList<RejectionRow>> RejectionsAsync(CancellationToken cancellationToken)
    {
        var found = await keeper.CurrentAsync(
            "rejections", () => ledger.ListRejectionsAsync(source: null, publication: null, after: null, Newest, CancellationToken.None), cancellationToken);
        return found.Count > 0 ? [.. found.Select(entry => ToRow(RejectionItem.Of(entry)))]
            : [new RejectionRow(BoardWords.None, BoardWords.None, null, BoardWords.None, "Nothing that was collected has been refused.", BoardWords.None)];
    }

    public async Task<IReadOnlyList<EvaluationRow>> EvaluationAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var standing = await keeper.CurrentAsync("evaluation", () => EvaluationStanding.ReadAsync(catalogue, basis, ledger, CancellationToken.None), cancellationToken);
        return [.. catalogue.Frameworks.Select(framework => ToRow(EvaluationEndpoints.ToItem(framework, standing, now)))];
    }

    private static SourceRow ToRow(SourceItem item) => new(
        item.Key,
        item.Name,
        item.Publisher,
        BoardWords.Simulated(item.Simulated),
        item.Status,
        item switch
        {
            { Status: "never-run" } => "never looked at",
            { Status: "failing", LastRun: { } run } => $"failing: {run.Message ?? run.Outcome}",
            { Status: "overdue", NewestPeriodEnd: null } => "overdue: no figure of it was ever stored",
            { Status: "overdue", NextDueAt: { } due } => $"overdue: the next figures were due at {ApiJson.ToText(due)}",
            _ => item.Status,
        },
        item.NewestPeriodEnd,
        item.AgeSeconds,
        item.NextDueAt,
        item.LastRun?.StartedAt,
        item.Waiting,
        item.FormatProven ? "proven" : "unproven",
        $"{ApiSetup.Root}/sources/{item.Key}");

    private static PublicationRow ToRow(PublicationItem item) => new(
        item.Source,
        item.FileName,
        item.RetrievedAt,
        item.State,
        item.Failure ?? (item.Tally.Balances ? $"every row accounted for; {item.Reconciliation.Outcome}" : "rows are not accounted for"),
        item.Tally.RowsRead,
        item.Tally.RowsRejected,
        item.Tally.Observations,
        item.Tally.Absences,
        item.Tally.CellsRejected,
        $"{ApiSetup.Root}/publications/{item.Id}");

    private static RejectionRow ToRow(RejectionItem item) => new(
        item.Source, item.FileName, item.Row, item.Field ?? BoardWords.None, item.Reason, item.Checks.Count > 0 ? string.Join(", ", item.Checks) : BoardWords.None);

    private static EvaluationRow ToRow(EvaluationItem item) => new(
        item.Framework.Key,
        $"{item.Framework.Name}, version {item.Framework.Version}{(item.Framework.Shadow ? " (in shadow)" : "")}",
        item.State,
        item.EvaluatedTo,
        item.FinishedAt,
        item.DueSeries,
        item.Failure ?? (item.State == "behind" ? "behind: levels are worked out on request meanwhile" : item.State));
}
