using MetricsHub.Domain.Escalation;

namespace MetricsHub.Domain.Levels;

/// <summary>How an input moved from one slot to another.</summary>
public enum InputMoveKind
{
    /// <summary>It scores otherwise.</summary>
    Moved,
    BecameMissing,

    /// <summary>It is there again.</summary>
    CameBack,

    /// <summary>There is nothing to measure any more.</summary>
    BecameNotApplicable,
}

/// <summary>An input whose points, or whose being there, changed between two slots. A value that moved within its band moved nothing.</summary>
/// <param name="PointsBefore">Weight included; null where it was not there.</param>
/// <param name="PointsAfter">Weight included; null where it is not there.</param>
public sealed record InputMove(
    Parameter Parameter, InputMoveKind Kind, InputState Before, InputState After, decimal? PointsBefore, decimal? PointsAfter)
{
    /// <summary>Those that moved, the greatest part of the score first; what comes or goes counts with all that it could score.</summary>
    public static IReadOnlyList<InputMove> Between(Scorer scorer, IReadOnlyList<InputState> before, IReadOnlyList<InputState> after) =>
    [
        .. scorer.Framework.Parameters.Index()
            .Select(parameter => new InputMove(
                parameter.Item,
                KindOf(before[parameter.Index].Status, after[parameter.Index].Status),
                before[parameter.Index],
                after[parameter.Index],
                PointsOf(scorer, parameter.Index, before[parameter.Index]),
                PointsOf(scorer, parameter.Index, after[parameter.Index])))
            .Where(move => move.Before.Status != move.After.Status || move.PointsBefore != move.PointsAfter)
            .OrderByDescending(move => move.Weight),
    ];

    /// <summary>The band it was in; null where it was not there.</summary>
    public Band? BandBefore => BandOf(Before);

    /// <summary>The band it is in; null where it is not there.</summary>
    public Band? BandAfter => BandOf(After);

    private decimal Weight => Kind == InputMoveKind.Moved ? Math.Abs(PointsAfter!.Value - PointsBefore!.Value) : Parameter.MaximumPoints;

    private Band? BandOf(InputState state) => state.Status == InputStatus.Present ? Parameter.Bands[state.Band] : null;

    private static decimal? PointsOf(Scorer scorer, int parameter, InputState state) =>
        state.Status == InputStatus.Present ? scorer.PointsOf(parameter, state.Band) : null;

    private static InputMoveKind KindOf(InputStatus before, InputStatus after) => (before, after) switch
    {
        (_, InputStatus.Missing) => InputMoveKind.BecameMissing,
        (_, InputStatus.NotApplicable) => InputMoveKind.BecameNotApplicable,
        (InputStatus.Present, _) => InputMoveKind.Moved,
        _ => InputMoveKind.CameBack,
    };
}
