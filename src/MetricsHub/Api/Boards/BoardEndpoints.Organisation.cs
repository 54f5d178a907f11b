namespace MetricsHub.Api.Boards;

/// <summary>The boards of one organisation.</summary>
internal static partial class BoardEndpoints
{
    /// <summary>The frameworks that may judge an organisation, finest grid first. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> FrameworksAsync(string code, [AsParameters] BoardRequest request, BoardDesk desk, PlaceBoards boards, HttpContext context) =>
        desk.AnswerAsync(code, request.At, context, (organisation, _) => Task.FromResult(boards.Frameworks(organisation)));

    /// <summary>An organisation and everything below it, to choose from. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> OrganisationsAsync(string code, [AsParameters] BoardRequest request, BoardDesk desk, PlaceBoards boards, HttpContext context) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => Task.FromResult(boards.Organisations(organisation, at)));

    /// <summary>How escalated an organisation is by each framework, or by one: shown, calculated and declared, with bounds and the time of the next reading. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> LevelsAsync(
        string code, [AsParameters] LevelBoardRequest request, BoardDesk desk, LevelBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => boards.LevelsAsync(organisation, request.Framework, at, cancellationToken));

    /// <summary>What each service domain is on its own. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> ServiceDomainsAsync(
        string code, [AsParameters] ServiceDomainBoardRequest request, BoardDesk desk, LevelBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => boards.ServiceDomainsAsync(organisation, request.Framework, request.ServiceDomain, at, cancellationToken));

    /// <summary>The smallest changes of one input that would move the level, nearest first. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> ChangesAsync(
        string code, [AsParameters] LevelBoardRequest request, BoardDesk desk, LevelBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => boards.ChangesAsync(organisation, request.Framework, at, cancellationToken));

    /// <summary>What moved the level: the inputs that score otherwise than at the slot before the shown level came. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> MovementsAsync(
        string code, [AsParameters] LevelBoardRequest request, BoardDesk desk, MovementBoard board, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => board.ReadAsync(organisation, request.Framework, at, cancellationToken));

    /// <summary>The inputs of a level, those that are missing among them, in the order of the framework. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> InputsAsync(
        string code, [AsParameters] InputBoardRequest request, BoardDesk desk, InputBoard board, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => board.ReadAsync(organisation, request, at, cancellationToken));

    /// <summary>The single observations behind a level, each with publication and row, and beside them who states none. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> FiguresAsync(
        string code, [AsParameters] InputBoardRequest request, BoardDesk desk, FigureBoard board, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => board.ReadAsync(organisation, request, at, cancellationToken));

    /// <summary>
    /// The way of a level through a time: every reading of up to three days, the worst of each hour of up to 92 days, the worst of each day
    /// of more. JSON or CSV.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> HistoryAsync(
        string code, [AsParameters] TimeBoardRequest request, BoardDesk desk, HistoryBoard board, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.To, context, (organisation, at) =>
            board.ReadAsync(organisation, request.Framework!, ApiTime.Start(request.From)!.Value, at, cancellationToken));

    /// <summary>Every change of a level within whole days, with what moved it; made anew once an hour at most. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> EventsAsync(
        string code, [AsParameters] TimeBoardRequest request, BoardDesk desk, ReportBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.To, context, (organisation, at) =>
            boards.EventsAsync(organisation, request.Framework!, ApiTime.Start(request.From)!.Value, at, cancellationToken));

    /// <summary>Whether a level still tells anything, over whole days; made anew once an hour at most. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> HealthAsync(
        string code, [AsParameters] HealthBoardRequest request, BoardDesk desk, ReportBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.To, context, (organisation, at) =>
            boards.HealthAsync(organisation, request.Framework!, ApiTime.Start(request.From)!.Value, at, request.Of, cancellationToken));

    /// <summary>What is free at and below an organisation, to the minute, and of what nobody knows. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> HeadroomAsync(
        string code, [AsParameters] HeadroomBoardRequest request, BoardDesk desk, HeadroomBoard board, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => board.ReadAsync(organisation, request.ServiceDomain, at, cancellationToken));

    /// <summary>The organisations directly below one, each with its level and how current its figures are now. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> BelowAsync(
        string code, [AsParameters] BoardRequest request, BoardDesk desk, PlaceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, at) => boards.BelowAsync(organisation, at, cancellationToken));

    /// <summary>The newest figure of each of an organisation's own series, as they stand now. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> LatestAsync(
        string code, [AsParameters] BoardRequest request, BoardDesk desk, PlaceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.At, context, (organisation, _) => boards.LatestAsync(organisation, cancellationToken));

    /// <summary>The way of one metric of an organisation through a time: every figure of up to three days, the last of each hour or day of more. JSON or CSV.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    private static Task<IResult> SeriesAsync(
        string code, [AsParameters] SeriesBoardRequest request, BoardDesk desk, SeriesBoard board, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(code, request.To, context, (organisation, at) =>
            board.ReadAsync(organisation, request.Metric!, ApiTime.Start(request.From)!.Value, at, cancellationToken));
}
