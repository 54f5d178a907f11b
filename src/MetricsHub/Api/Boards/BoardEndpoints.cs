using MetricsHub.Access;

namespace MetricsHub.Api.Boards;

/// <summary>
/// Boards: what the other answers tell, as flat rows for the tables and charts of dashboards. Every figure comes from what makes those
/// answers; a board only lays it out.
/// </summary>
internal static partial class BoardEndpoints
{
    private const string Tag = "Boards";

    public static void AddBoards(this IServiceCollection services) => services
        .AddBoardRequests()
        .AddSingleton<BoardDesk>()
        .AddSingleton<BoardKeeper>()
        .AddSingleton<BoardReadings>()
        .AddSingleton<LevelBoards>()
        .AddSingleton<MovementBoard>()
        .AddSingleton<InputBoard>()
        .AddSingleton<FigureBoard>()
        .AddSingleton<HistoryBoard>()
        .AddSingleton<SeriesBoard>()
        .AddSingleton<ReportBoards>()
        .AddSingleton<PlaceBoards>()
        .AddSingleton<HeadroomBoard>()
        .AddSingleton<SourceBoards>()
        .AddSingleton<AlarmBoards>();

    public static void MapBoards(this IEndpointRouteBuilder routes)
    {
        // Made here: silence is counted from the hub's start where nothing was ever said.
        _ = routes.ServiceProvider.GetRequiredService<AlarmBoards>();
        routes.MapGroup("organisations/{code}/boards").WithTags(Tag).ProducesProblem(StatusCodes.Status404NotFound, Problems.MediaType).MapOrganisationBoards();
        routes.MapGroup("boards").WithTags(Tag).MapHubBoards();
    }

    private static void MapOrganisationBoards(this RouteGroupBuilder group)
    {
        var definitions = group.MapGroup("").LetsIn(AccessRule.Definitions);
        definitions.Map<FrameworkRow, BoardRequest>("frameworks", FrameworksAsync);
        definitions.Map<OrganisationRow, BoardRequest>("organisations", OrganisationsAsync);
        var figures = group.MapGroup("").LetsIn(AccessRule.Figures);
        figures.Map<LevelRow, LevelBoardRequest>("levels", LevelsAsync);
        figures.Map<ServiceDomainRow, ServiceDomainBoardRequest>("service-domains", ServiceDomainsAsync);
        figures.Map<ChangeRow, LevelBoardRequest>("changes", ChangesAsync);
        figures.Map<MovementRow, LevelBoardRequest>("movements", MovementsAsync);
        figures.Map<InputRow, InputBoardRequest>("inputs", InputsAsync);
        figures.Map<FigureRow, InputBoardRequest>("figures", FiguresAsync);
        figures.Map<HistoryRow, TimeBoardRequest>("history", HistoryAsync);
        figures.Map<EventRow, TimeBoardRequest>("events", EventsAsync);
        figures.Map<HealthRow, HealthBoardRequest>("health", HealthAsync);
        figures.Map<HeadroomRow, HeadroomBoardRequest>("headroom", HeadroomAsync);
        figures.Map<BelowRow, BoardRequest>("below", BelowAsync);
        figures.Map<LatestRow, BoardRequest>("latest", LatestAsync);
        figures.Map<SeriesRow, SeriesBoardRequest>("series", SeriesAsync);
    }

    private static void MapHubBoards(this RouteGroupBuilder group)
    {
        var all = group.MapGroup("").LetsIn(AccessRule.Overview);
        all.Map<SourceRow, BoardRequest>("sources", SourcesAsync);
        all.Map<SourceStateRow, BoardRequest>("source-states", SourceStatesAsync);
        all.Map<PublicationRow, BoardRequest>("publications", PublicationsAsync);
        all.Map<RejectionRow, BoardRequest>("rejections", RejectionsAsync);
        all.Map<EvaluationRow, BoardRequest>("evaluation", EvaluationAsync);
        all.Map<SourceAlarmRow, BoardRequest>("alarms/sources", SourceAlarmsAsync);
        all.Map<SilenceAlarmRow, BoardRequest>("alarms/silence", SilenceAlarmsAsync);
        var named = group.MapGroup("").LetsIn(AccessRule.Figures);
        named.Map<LevelAlarmRow, AlarmRequest>("alarms/levels", LevelAlarmsAsync);
        named.Map<UncertainAlarmRow, AlarmRequest>("alarms/uncertain", UncertainAlarmsAsync);
    }

    /// <summary>In JSON and, with the suffix .csv or by the Accept header, in CSV.</summary>
    private static void Map<TRow, TRequest>(this IEndpointRouteBuilder group, string name, Delegate handler)
        where TRequest : class
    {
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet(name + suffix, handler).WithQuery<TRequest>().JsonOrCsv<BoardAnswer<TRow>>();
        }
    }
}
