using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>Who there is, and how those below an organisation stand.</summary>
internal sealed class PlaceBoards(HubCatalogue catalogue, IObservationStore store, ILedger ledger, BoardReadings readings, BoardKeeper keeper, TimeProvider clock)
{
    /// <summary>Finest grid first; those in shadow are not in force, and left out.</summary>
    public IReadOnlyList<FrameworkRow> Frameworks(Organisation organisation)
    {
        List<FrameworkRow> rows =
        [
            .. catalogue.Frameworks
                .Where(framework => !framework.IsShadow && framework.AppliesTo.Contains(organisation.Kind))
                .OrderBy(framework => framework.Grid)
                .DistinctBy(framework => framework.Key)
                .Select(framework => new FrameworkRow(framework.Key, framework.Name, framework.Grid.ToWord())),
        ];
        return rows.Count > 0 ? rows : [new FrameworkRow(BoardWords.None, BoardWords.NobodyJudges(organisation, framework: null), BoardWords.None)];
    }

    /// <summary>The organisation, then everything below it on the day, by name.</summary>
    public IReadOnlyList<OrganisationRow> Organisations(Organisation organisation, DateTimeOffset at) =>
    [
        .. catalogue.Organisations.DescendantsOf(organisation.Code, LondonCalendar.DateOf(at))
            .OrderBy(found => found.Name, StringComparer.Ordinal)
            .Prepend(organisation)
            .Select(found => new OrganisationRow(found.Code.ToString(), $"{found.Name} ({found.Code})", found.Kind.ToWord())),
    ];

    public async Task<IReadOnlyList<BelowRow>> BelowAsync(Organisation organisation, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var day = LondonCalendar.DateOf(at);
        var children = catalogue.Organisations.ChildrenOf(organisation.Code, day).OrderBy(child => child.Name, StringComparer.Ordinal).ToList();
        var rows = new List<BelowRow>();
        var items = await LatestAsync(children.SelectMany(child => Branch(child, day)).ToHashSet(), cancellationToken);
        foreach (var child in children)
        {
            var codes = Branch(child, day).Select(code => code.ToString()).ToHashSet();
            var figures = items.Where(item => codes.Contains(item.Organisation)).ToList();
            var found = await readings.ReadAsync(child, framework: null, at, cancellationToken);
            rows.Add(ToRow(child, found.Count > 0 ? found[0] : null, figures));
        }

        return rows.Count > 0 ? rows
            : [new BelowRow(
                organisation.Code.ToString(), organisation.Name, BoardWords.None, BoardWords.Simulated(organisation.Simulated), BoardWords.NotJudged,
                "No organisation lies directly below this one.", 0, 0, 0, "No organisation lies directly below this one.")];
    }

    /// <summary>Of the organisation itself; not of those below it.</summary>
    public async Task<IReadOnlyList<LatestRow>> LatestAsync(Organisation organisation, CancellationToken cancellationToken)
    {
        var rows = (await LatestAsync(new HashSet<OrganisationCode> { organisation.Code }, cancellationToken)).Select(ToRow).ToList();
        return rows.Count > 0 ? rows
            : [new LatestRow(
                BoardWords.None, organisation.Name, BoardWords.None, BoardWords.None, "No figure is stated of this organisation itself; see those below it.", null,
                BoardWords.None, null, null, "Nothing is stated.", $"{ApiSetup.Root}/organisations/{organisation.Code}")];
    }

    private IEnumerable<OrganisationCode> Branch(Organisation organisation, DateOnly day) =>
        catalogue.Organisations.DescendantsOf(organisation.Code, day).Select(found => found.Code).Prepend(organisation.Code);

    private Task<List<LatestItem>> LatestAsync(HashSet<OrganisationCode> organisations, CancellationToken cancellationToken) => keeper.CurrentAsync(
        ("latest", string.Join(',', organisations.Order())),
        async () =>
        {
            var found = await store.LatestAsync(new SeriesSelection(null, organisations), CancellationToken.None);
            var figures = new LatestFigures(catalogue, await ledger.ReadStandingsAsync(asOf: null, CancellationToken.None), clock.GetUtcNow());
            return found.Select(figures.ToItem).ToList();
        },
        cancellationToken);

    private BelowRow ToRow(Organisation child, FrameworkReading? found, List<LatestItem> figures)
    {
        var (stale, absent) = (figures.Count(item => item.Stale), figures.Count(item => item.Absence is not null));
        return new BelowRow(
            child.Code.ToString(),
            child.Name,
            child.Kind.ToWord(),
            BoardWords.Simulated(catalogue.IsSimulated(child.Code)),
            found is null ? BoardWords.NotJudged : BoardWords.Shown(found.Shown.Status, found.Shown.Level),
            found is null ? BoardWords.NobodyJudges(child, framework: null) : $"{ShownItem.TextOf(found.Shown)}, by {found.Reading.Framework.Name}",
            figures.Count,
            stale,
            absent,
            figures.Count == 0 ? "No figure is stated of it, nor of anything below it." : $"{figures.Count} figures, {stale} stale, {absent} absent");
    }

    private LatestRow ToRow(LatestItem item)
    {
        var metric = catalogue.Metrics.Values.FirstOrDefault(known => known.Key.ToString() == item.Metric);
        return new LatestRow(
            item.Metric,
            metric?.Name ?? item.Metric,
            metric is null ? BoardWords.None : catalogue.ServiceDomain(metric.ServiceDomain),
            item.Stale ? "stale" : item.Absence is null ? "current" : "absent",
            item.Value is { } value ? BoardWords.Value(value, item.Unit) : $"not there: {item.Absence}",
            item.Value,
            item.Unit,
            item.PeriodEnd,
            item.AgeSeconds,
            item.Missing is { } missing ? $"the figure for the period to {ApiJson.ToText(missing.PeriodEnd)}: {missing.Absence}" : item.Stale ? "a newer figure" : BoardWords.None,
            $"{ApiSetup.Root}/observations/latest?metric={item.Metric}&organisation={item.Organisation}");
    }
}
