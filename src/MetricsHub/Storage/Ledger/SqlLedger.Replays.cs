using System.Data.Common;
using System.Globalization;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<IReadOnlyList<Publication>> ListPublicationsWithRejectionsAsync(SourceKey source, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Publication>>(
            connection => List(
                connection,
                $"""
                SELECT {LedgerRows.PublicationColumns} FROM publication
                WHERE source = $1 AND (state = 'refused' OR rows_rejected > 0 OR cells_rejected > 0) ORDER BY arrival
                """,
                source.ToString()),
            cancellationToken);

    public Task<IReadOnlyList<Publication>> AskForReplayAsync(
        SourceKey source, IReadOnlyList<PublicationId> publications, DateTimeOffset at, string actor, CancellationToken cancellationToken) =>
        WriteAsync<IReadOnlyList<Publication>>(
            connection => (publications.Count > 0, [.. publications.Select(id => AskForReplay(connection, source, id, at, actor))]),
            cancellationToken);

    private Publication AskForReplay(DbConnection connection, SourceKey source, PublicationId id, DateTimeOffset at, string actor)
    {
        // Asking while one is to be done changes no row: that one serves.
        connection.Execute(
            "UPDATE publication SET replays_asked = replays_asked + 1 WHERE source = $1 AND publication_id = $2 AND replay = replays_asked",
            source.ToString(),
            id.ToString());
        var publication = Find(connection, source, id)
            ?? throw new InvalidOperationException($"Publication {id} of {source} is not registered.");
        EnterAction(
            connection,
            new LedgerAction(at, actor, "replay", $"{source}/{id}", string.Create(CultureInfo.InvariantCulture, $"replay {publication.ReplaysAsked}")));
        return publication;
    }
}
