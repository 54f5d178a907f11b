using System.Data.Common;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<Publication> RegisterPublicationAsync(NewPublication publication, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var changed = Find(connection, publication.Source, publication.Id) switch
                {
                    null => Insert(connection, publication, PublicationState.Archived, reason: null),
                    { State: PublicationState.Barred } barred => LetIn(connection, barred.Release.Arrival, publication.ArchivedBytes),
                    _ => false,
                };
                return (changed, Find(connection, publication.Source, publication.Id)!);
            },
            cancellationToken);

    public Task<Publication> BarPublicationAsync(NewPublication publication, string reason, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var isNew = Find(connection, publication.Source, publication.Id) is null
                    && Insert(connection, publication, PublicationState.Barred, reason);
                return (isNew, Find(connection, publication.Source, publication.Id)!);
            },
            cancellationToken);

    public Task<Publication> CompletePublicationAsync(
        SourceKey source, PublicationId id, PublicationCompletion completion, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var publication = Find(connection, source, id)
                    ?? throw new InvalidOperationException($"Publication {id} of {source} is not registered.");
                Update(connection, publication.Release.Arrival, completion);
                if (publication.Reading != default)
                {
                    ForgetReading(connection, publication.Release.Arrival);
                }

                Insert(connection, publication.Release.Arrival, completion.Rejections);
                Insert(connection, publication.Release.Arrival, completion.Facts);
                Insert(connection, publication.Release.Arrival, completion.Reconciliation.Differences);
                Settle(connection, publication.Release.Arrival);
                return (true, Find(connection, source, id)!);
            },
            cancellationToken);

    public Task<Publication?> FindPublicationAsync(PublicationId id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => List(
            connection,
            $"SELECT {LedgerRows.PublicationColumns} FROM publication WHERE publication_id = $1 ORDER BY arrival LIMIT 1",
            id.ToString()).FirstOrDefault(),
        cancellationToken);

    public Task<Publication?> FindPublicationAsync(SourceKey source, PublicationId id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Find(connection, source, id), cancellationToken);

    public Task<IReadOnlyList<Publication>> ListUnfinishedPublicationsAsync(
        SourceKey source, int parserVersion, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Publication>>(
        connection => List(
            connection,
            $"""
            SELECT {LedgerRows.PublicationColumns} FROM publication
            WHERE source = $1 AND (state = 'archived' OR (state <> 'barred' AND bytes_removed_at IS NULL AND (parser_version < $2 OR replay < replays_asked))) ORDER BY arrival
            """,
            source.ToString(),
            parserVersion),
        cancellationToken);

    public Task<IReadOnlyList<Publication>> ListPublicationsAsync(
        SourceKey? source, long? before, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Publication>>(
        connection => List(
            connection,
            $"""
            SELECT {LedgerRows.PublicationColumns} FROM publication
            WHERE (CAST($1 AS TEXT) IS NULL OR source = CAST($1 AS TEXT)) AND (CAST($2 AS BIGINT) IS NULL OR arrival < CAST($2 AS BIGINT))
            ORDER BY arrival DESC LIMIT $3
            """,
            Text(source),
            before,
            limit),
        cancellationToken);

    public Task<IReadOnlyDictionary<SourceKey, DateTimeOffset>> ListNewestPeriodEndsAsync(SourceKey? source, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<SourceKey, DateTimeOffset>>(
            connection => connection
                .Query(
                    """
                    SELECT source, max(period_end) FROM publication
                    WHERE period_end IS NOT NULL AND (CAST($1 AS TEXT) IS NULL OR source = CAST($1 AS TEXT)) GROUP BY source
                    """,
                    row => (Source: new SourceKey(row.GetString(0)), End: StoreTime.From(row.GetDateTime(1))),
                    Text(source))
                .ToDictionary(newest => newest.Source, newest => newest.End),
            cancellationToken);

    private static Publication? Find(DbConnection connection, SourceKey source, PublicationId id) => List(
        connection,
        $"SELECT {LedgerRows.PublicationColumns} FROM publication WHERE source = $1 AND publication_id = $2",
        source.ToString(),
        id.ToString()).FirstOrDefault();

    private static List<Publication> List(DbConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var publications = connection.Query(sql, LedgerRows.Publication, values);
        for (var index = 0; index < publications.Count; index++)
        {
            if (publications[index] is { Reconciliation.FieldsCompared: > 0 } publication)
            {
                publications[index] = publication with
                {
                    Reconciliation = publication.Reconciliation with { Differences = Differences(connection, publication.Release.Arrival) },
                };
            }
        }

        return publications;
    }

    private static bool IsEntered(DbConnection connection, NewPublication publication) => connection.QueryFirst(
        "SELECT arrival FROM publication WHERE source = $1 AND publication_id = $2", row => row.GetInt64(0), publication.Source.ToString(), publication.Id.ToString()) > 0;

    /// <summary>What is not there yet: whoever asks has looked in the same turn of writing.</summary>
    private static bool Insert(DbConnection connection, NewPublication publication, PublicationState state, string? reason) => connection.Execute(
        """
        INSERT INTO publication (
            arrival, source, publication_id, address, file_name, link_text, published_at, revision, retrieved_at, archived_bytes, state, failure,
            parser_version, rows_read, rows_accepted, rows_rejected, rows_set_aside_total, rows_set_aside_blank, rows_set_aside_note,
            cells_expected, observations, absences, cells_rejected, fields_compared, actor)
        VALUES (nextval('publication_arrival'), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $12)
        """,
        publication.Source.ToString(),
        publication.Id.ToString(),
        publication.Address,
        publication.FileName,
        publication.LinkText,
        Stored(publication.PublishedAt),
        publication.Revision,
        StoreTime.From(publication.RetrievedAt),
        publication.ArchivedBytes,
        LedgerRows.Text(state),
        reason,
        publication.Actor) > 0;

    // What was barred may pass later, when the source's definition names the columns that have to be emptied.
    private static bool LetIn(DbConnection connection, long arrival, long archivedBytes) => connection.Execute(
        "UPDATE publication SET state = 'archived', failure = NULL, archived_bytes = $2 WHERE arrival = $1", arrival, archivedBytes) > 0;

    private static void Update(DbConnection connection, long arrival, PublicationCompletion completion)
    {
        var tally = completion.Tally;
        connection.Execute(
            """
            UPDATE publication SET
                state = $2, parser_version = $3, published_at = $4, failure = $5, rows_read = $6, rows_accepted = $7, rows_rejected = $8,
                rows_set_aside_total = $9, rows_set_aside_blank = $10, rows_set_aside_note = $11, cells_expected = $12, observations = $13,
                absences = $14, cells_rejected = $15, fields_compared = $16, period_start = $17, period_end = $18, recorded_at = $19,
                replay = $20
            WHERE arrival = $1
            """,
            arrival,
            LedgerRows.Text(completion.State),
            completion.Reading.ParserVersion,
            Stored(completion.PublishedAt),
            completion.Failure,
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
            completion.Reconciliation.FieldsCompared,
            Stored(completion.Periods?.Start),
            Stored(completion.Periods?.End),
            StoreTime.From(completion.RecordedAt),
            completion.Reading.Replay);
    }

    private static List<ReconciliationDifference> Differences(DbConnection connection, long arrival) => connection.Query(
        "SELECT field, stated, summed FROM reconciliation_difference WHERE arrival = $1 ORDER BY number",
        row => new ReconciliationDifference(row.GetString(0), row.GetDouble(1), row.GetDouble(2)),
        arrival);

    /// <summary>Takes out what an earlier reading left beside the publication itself; what was never read has left nothing.</summary>
    private static void ForgetReading(DbConnection connection, long arrival)
    {
        foreach (var table in (string[])["rejection", "reconciliation_difference", "reference_bank_holiday", "reference_organisation", "reference_succession"])
        {
            connection.Execute($"DELETE FROM {table} WHERE arrival = $1", arrival);
        }
    }

    private static void Insert(DbConnection connection, long arrival, IReadOnlyList<ReconciliationDifference> differences)
    {
        for (var index = 0; index < differences.Count; index++)
        {
            connection.Execute(
                "INSERT INTO reconciliation_difference (arrival, number, field, stated, summed) VALUES ($1, $2, $3, $4, $5)",
                arrival,
                index + 1,
                differences[index].Field,
                differences[index].Stated,
                differences[index].Summed);
        }
    }
}
