namespace MetricsHub.Api.Boards;

/// <summary>The boards of the hub as a whole.</summary>
internal static partial class BoardEndpoints
{
    /// <summary>How every source stands, with the reason. JSON or CSV.</summary>
    private static Task<IResult> SourcesAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, SourceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, at => boards.SourcesAsync(at, cancellationToken));

    /// <summary>How many sources are fresh, overdue, failing or were never looked at. JSON or CSV.</summary>
    private static Task<IResult> SourceStatesAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, SourceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, _ => boards.StatesAsync(cancellationToken));

    /// <summary>The newest 50 publications and what became of their rows. JSON or CSV.</summary>
    private static Task<IResult> PublicationsAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, SourceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, _ => boards.PublicationsAsync(cancellationToken));

    /// <summary>The newest 50 rows and cells that were refused, and why. JSON or CSV.</summary>
    private static Task<IResult> RejectionsAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, SourceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, _ => boards.RejectionsAsync(cancellationToken));

    /// <summary>How far the stored levels of each framework have come. JSON or CSV.</summary>
    private static Task<IResult> EvaluationAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, SourceBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, _ => boards.EvaluationAsync(cancellationToken));

    /// <summary>For alarms: for how long each source has owed its figures. One number in each row, and no time. JSON or CSV.</summary>
    private static Task<IResult> SourceAlarmsAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, AlarmBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, at => boards.SourcesAsync(at, cancellationToken));

    /// <summary>For alarms: for how long the hub has evaluated nothing. One number in each row, and no time. JSON or CSV.</summary>
    private static Task<IResult> SilenceAlarmsAsync(
        [AsParameters] BoardRequest request, BoardDesk desk, AlarmBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(request.At, context, at => boards.SilenceAsync(at, cancellationToken));

    /// <summary>
    /// For alarms: the level of everybody whom a framework judges every quarter of an hour, of whom anything was ever known. Alone among the
    /// boards it may have no row: then nobody has a level, which is to alarm as well. One number in each row, and no time. JSON or CSV.
    /// </summary>
    private static Task<IResult> LevelAlarmsAsync(
        [AsParameters] AlarmRequest request, BoardDesk desk, AlarmBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(at: null, context, at => boards.LevelsAsync(ParameterRules.Split(request.Organisation), at, cancellationToken));

    /// <summary>
    /// For alarms: how uncertain the level of everybody is whom a framework judges every quarter of an hour. It has no row where nobody ever
    /// stated a figure, which is to alarm as well. One number in each row, and no time. JSON or CSV.
    /// </summary>
    private static Task<IResult> UncertainAlarmsAsync(
        [AsParameters] AlarmRequest request, BoardDesk desk, AlarmBoards boards, HttpContext context, CancellationToken cancellationToken) =>
        desk.AnswerAsync(at: null, context, at => boards.UncertainAsync(ParameterRules.Split(request.Organisation), at, cancellationToken));
}
