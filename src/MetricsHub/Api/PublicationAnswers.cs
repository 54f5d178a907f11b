using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>One retrieved release of a source.</summary>
/// <param name="Id">The SHA-256 of the bytes that the publisher sent.</param>
/// <param name="Source">The key of the source.</param>
/// <param name="Address">Where it was found; <c>push:</c> and the idempotency key of what was pushed.</param>
/// <param name="FileName">Its file's name, as the publisher spells it.</param>
/// <param name="LinkText">The text of the link that led to it; null for a file from a folder.</param>
/// <param name="Release">Its place among the releases of the source.</param>
/// <param name="RetrievedAt">When it was retrieved.</param>
/// <param name="ArchivedBytes">The length of what was archived; 0 where it is barred.</param>
/// <param name="State">archived (not read yet), stored, refused (not what it claimed; nothing of it is stored) or barred (it may hold data about patients; nothing of it is kept).</param>
/// <param name="Failure">Why it was refused or barred; null otherwise.</param>
/// <param name="ParserVersion">The version of the parser that read it; 0 before the first reading.</param>
/// <param name="Replay">How many replays had been asked for when it was read: 0 for the reading on arrival.</param>
/// <param name="ReplaysAsked">How many replays were asked for; more than replay while one is to be done.</param>
/// <param name="Tally">What became of every row and cell.</param>
/// <param name="Reconciliation">Its rows held against the total that it states itself.</param>
/// <param name="PeriodStart">The start of the first period that it speaks of; null where it states nothing.</param>
/// <param name="PeriodEnd">The end of the last period that it speaks of, exclusive.</param>
/// <param name="RecordedAt">When the hub learnt what it states.</param>
/// <param name="Actor">Who pushed it, as far as the hub knows its callers; null where it was collected.</param>
/// <param name="BytesRemovedAt">When its archived bytes were removed, so that it cannot be read again; null while they are kept.</param>
internal sealed record PublicationItem(
    string Id,
    string Source,
    string Address,
    string FileName,
    string? LinkText,
    ReleaseItem Release,
    DateTimeOffset RetrievedAt,
    long ArchivedBytes,
    string State,
    string? Failure,
    int ParserVersion,
    int Replay,
    int ReplaysAsked,
    TallyItem Tally,
    ReconciliationItem Reconciliation,
    DateTimeOffset? PeriodStart,
    DateTimeOffset? PeriodEnd,
    DateTimeOffset? RecordedAt,
    string? Actor,
    DateTimeOffset? BytesRemovedAt)
{
    public static PublicationItem Of(Publication publication) => new(
        publication.Id.ToString(),
        publication.Source.ToString(),
        publication.Address,
        publication.FileName,
        publication.LinkText,
        new ReleaseItem(publication.Release.PublishedAt, publication.Release.Revision, publication.Release.Arrival),
        publication.RetrievedAt,
        publication.ArchivedBytes,
        publication.State.ToWord(),
        publication.Failure,
        publication.Reading.ParserVersion,
        publication.Reading.Replay,
        publication.ReplaysAsked,
        TallyItem.Of(publication.Tally),
        ReconciliationItem.Of(publication.Reconciliation),
        publication.Periods?.Start,
        publication.Periods?.End,
        publication.RecordedAt,
        publication.Actor,
        publication.BytesRemovedAt);
}

/// <summary>Which of two releases that speak of the same figure is current: by date, else by revision, else by arrival.</summary>
/// <param name="PublishedAt">The date that the publisher gives, or the end of the last period where a publication that overlaps the one before bears none; else null.</param>
/// <param name="Revision">0 for a first release, 1 and up for a revision.</param>
/// <param name="Arrival">The number that the hub gave on first sight.</param>
internal sealed record ReleaseItem(DateTimeOffset? PublishedAt, int Revision, long Arrival);

/// <summary>
/// What became of every row and cell. Rows read are accepted, rejected or set aside; the cells expected of accepted rows are
/// observations, absences or rejected.
/// </summary>
/// <param name="RowsRead">Rows in the file.</param>
/// <param name="RowsAccepted">Rows that figures were read from.</param>
/// <param name="RowsRejected">Rows refused.</param>
/// <param name="RowsSetAsideAsTotal">Rows that sum others; used to reconcile.</param>
/// <param name="RowsSetAsideAsBlank">Empty rows.</param>
/// <param name="RowsSetAsideAsNote">Notes.</param>
/// <param name="CellsExpected">Cells that accepted rows should hold.</param>
/// <param name="Observations">Cells that hold a number.</param>
/// <param name="Absences">Cells that hold a coded reason for there being none.</param>
/// <param name="CellsRejected">Cells refused.</param>
/// <param name="Balances">Whether every row and cell is accounted for.</param>
internal sealed record TallyItem(
    int RowsRead,
    int RowsAccepted,
    int RowsRejected,
    int RowsSetAsideAsTotal,
    int RowsSetAsideAsBlank,
    int RowsSetAsideAsNote,
    int CellsExpected,
    int Observations,
    int Absences,
    int CellsRejected,
    bool Balances)
{
    public static TallyItem Of(Tally tally) => new(
        tally.RowsRead,
        tally.RowsAccepted,
        tally.RowsRejected,
        tally.RowsSetAsideAsTotal,
        tally.RowsSetAsideAsBlank,
        tally.RowsSetAsideAsNote,
        tally.CellsExpected,
        tally.Observations,
        tally.Absences,
        tally.CellsRejected,
        tally.Balances);
}

/// <summary>A publication's rows held against the total that it states itself.</summary>
/// <param name="Outcome">no-total (it gives none to hold them against), reconciled or mismatch.</param>
/// <param name="FieldsCompared">How many columns were compared.</param>
/// <param name="Differences">The columns that do not add up.</param>
internal sealed record ReconciliationItem(string Outcome, int FieldsCompared, IReadOnlyList<DifferenceItem> Differences)
{
    public static ReconciliationItem Of(Reconciliation reconciliation) => new(
        reconciliation.Outcome.ToWord(),
        reconciliation.FieldsCompared,
        [.. reconciliation.Differences.Select(entry => new DifferenceItem(entry.Field, entry.Stated, entry.Summed, entry.Difference))]);
}

/// <summary>A column whose rows do not add up to the stated total.</summary>
/// <param name="Field">The column.</param>
/// <param name="Stated">The total as stated.</param>
/// <param name="Summed">The sum of the rows as read.</param>
/// <param name="Difference">Stated minus summed: what the rows lack.</param>
internal sealed record DifferenceItem(string Field, double Stated, double Summed, double Difference);
