namespace MetricsHub.Domain.Publications;

/// <summary>
/// What became of every row and every cell of a publication. Nothing disappears: rows read are accepted, rejected or set aside; the
/// cells expected of the accepted rows are observations, absences or rejected cells (which are stated as absences of their own code).
/// </summary>
/// <param name="RowsSetAsideAsTotal">Rows that sum others; used to reconcile.</param>
public sealed record Tally(
    int RowsRead,
    int RowsAccepted,
    int RowsRejected,
    int RowsSetAsideAsTotal,
    int RowsSetAsideAsBlank,
    int RowsSetAsideAsNote,
    int CellsExpected,
    int Observations,
    int Absences,
    int CellsRejected)
{
    public static readonly Tally Empty = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public int RowsSetAside => RowsSetAsideAsTotal + RowsSetAsideAsBlank + RowsSetAsideAsNote;

    /// <summary>Whether every row and every cell is accounted for.</summary>
    public bool Balances =>
        RowsRead == RowsAccepted + RowsRejected + RowsSetAside
        && CellsExpected == Observations + Absences + CellsRejected;
}
