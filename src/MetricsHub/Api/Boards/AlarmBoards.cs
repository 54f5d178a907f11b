using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>
/// What alarms are made of: one number in each row, labels that stay, and no time. Watched is who a framework judges every quarter of an
/// hour, once anything was ever stated for it; from then on its silence is told too.
/// </summary>
internal sealed class AlarmBoards(
    HubCatalogue catalogue, IObservationStore store, BoardReadings readings, SourceBoards sources, EvaluationBasis basis, ILedger ledger, BoardKeeper keeper, TimeProvider clock)
{
    private readonly DateTimeOffset startedAt = clock.GetUtcNow();

    /// <summary>Where there never was a level there is no row: that is told as uncertain.</summary>
    public async Task<IReadOnlyList<LevelAlarmRow>> LevelsAsync(IReadOnlyCollection<string> organisations, DateTimeOffset at, CancellationToken cancellationToken) =>
    [
        .. (await WatchedAsync(organisations, at, cancellationToken))
            .Where(found => found.Reading.Shown.Level > 0)
            .Select(found => new LevelAlarmRow(
                found.Organisation.Code.ToString(), found.Organisation.Name, found.Reading.Reading.Framework.Key,
                BoardWords.Simulated(catalogue.IsSimulated(found.Organisation.Code)), found.Reading.Shown.Level)),
    ];

    public async Task<IReadOnlyList<UncertainAlarmRow>> UncertainAsync(IReadOnlyCollection<string> organisations, DateTimeOffset at, CancellationToken cancellationToken) =>
    [
        .. (await WatchedAsync(organisations, at, cancellationToken)).Select(found => new UncertainAlarmRow(
            found.Organisation.Code.ToString(), found.Organisation.Name, found.Reading.Reading.Framework.Key,
            BoardWords.Simulated(catalogue.IsSimulated(found.Organisation.Code)), SpreadOf(found.Reading.Reading.Outcome))),
    ];

    public async Task<IReadOnlyList<SourceAlarmRow>> SourcesAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
    [
        .. (await sources.StatusesAsync(cancellationToken)).Select(status => new SourceAlarmRow(
            status.Source.Key.ToString(), status.Source.Name, BoardWords.Simulated(status.Source.Simulated), Math.Max(0, (at - OwesSince(status, at)).TotalMinutes))),
    ];

    public async Task<IReadOnlyList<SilenceAlarmRow>> SilenceAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var standing = await keeper.CurrentAsync("evaluation", () => EvaluationStanding.ReadAsync(catalogue, basis, ledger, CancellationToken.None), cancellationToken);
        return
        [
            .. Watching().GroupBy(framework => framework.Key).Select(versions => new SilenceAlarmRow(
                versions.Key, Math.Max(0, (at - (versions.Max(standing.EvaluatedTo) ?? startedAt)).TotalMinutes))),
        ];
    }

    private IEnumerable<Framework> Watching() => catalogue.Frameworks.Where(framework => !framework.IsShadow && framework.Grid == Cadence.QuarterHour);

    private static int SpreadOf(SlotOutcome outcome) => outcome.LowestLevel > 0 && outcome.Applicable > 0 ? outcome.HighestLevel - outcome.LowestLevel : 3;

    private DateTimeOffset OwesSince(SourceStatus status, DateTimeOffset at) => status.Word switch
    {
        "fresh" => at,
        "failing" => Earlier(status.NextDueAt, status.Runs!.LastSuccess?.FinishedAt ?? status.Runs.Last.StartedAt),
        _ => status.NextDueAt ?? startedAt,
    };

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private async Task<IReadOnlyList<Watched>> WatchedAsync(IReadOnlyCollection<string> organisations, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = new List<Watched>();
        foreach (var (framework, organisation) in await keeper.CurrentAsync("watched", () => WatchedAsync(at), cancellationToken))
        {
            if (organisations.Count == 0 || organisations.Contains(organisation.Code.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                found.AddRange((await readings.ReadAsync(organisation, framework, at, cancellationToken)).Select(reading => new Watched(organisation, reading)));
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<(string Framework, Organisation Organisation)>> WatchedAsync(DateTimeOffset at)
    {
        var (day, found) = (LondonCalendar.DateOf(at), new List<(string, Organisation)>());
        foreach (var framework in Watching())
        {
            var extents = await store.ListSeriesAsync(new SeriesSelection(catalogue.MetricsOf(framework), null), CancellationToken.None);
            found.AddRange(catalogue.Organisations.All
                .Where(organisation => framework.Judges(organisation, day, catalogue.Organisations) && organisation.Valid.Contains(day))
                .Where(organisation => FrameworkSeries.Of(catalogue.Organisations, [organisation], extents).Extents.Count > 0)
                .Select(organisation => (framework.Key, organisation)));
        }

        return [.. found.Distinct()];
    }

    private sealed record Watched(Organisation Organisation, FrameworkReading Reading);
}
