using System.Data.Common;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;

namespace MetricsHub.Storage.Ledger;

/// <summary>Rows of the ledger's tables, read by position.</summary>
internal static class LedgerRows
{
    public const string PublicationColumns =
        """
        arrival, source, publication_id, address, file_name, link_text, published_at, revision, retrieved_at, archived_bytes, state,
        parser_version, failure, rows_read, rows_accepted, rows_rejected, rows_set_aside_total, rows_set_aside_blank, rows_set_aside_note,
        cells_expected, observations, absences, cells_rejected, fields_compared, period_start, period_end, recorded_at,
        replay, replays_asked, actor, bytes_removed_at
        """;

    public const string RunColumns = "run_id, source, started_at, finished_at, outcome, offered, stored, refused, message";

    /// <summary>A publication without the differences of its reconciliation, which stand in a table of their own.</summary>
    public static Publication Publication(DbDataReader row) => new(
        new SourceKey(row.GetString(1)),
        new PublicationId(row.GetString(2)),
        new ReleaseOrder(Instant(row, 6), row.GetInt32(7), row.GetInt64(0)),
        row.GetString(3),
        row.GetString(4),
        Text(row, 5),
        Instant(row, 8)!.Value,
        row.GetInt64(9),
        Enum.Parse<PublicationState>(row.GetString(10), ignoreCase: true),
        new Reading(row.GetInt32(11), row.GetInt32(27)),
        row.GetInt32(28),
        Text(row, 12),
        new Tally(
            row.GetInt32(13), row.GetInt32(14), row.GetInt32(15), row.GetInt32(16), row.GetInt32(17),
            row.GetInt32(18), row.GetInt32(19), row.GetInt32(20), row.GetInt32(21), row.GetInt32(22)),
        new Reconciliation(row.GetInt32(23), []),
        row.IsDBNull(24) ? null : new Period(Instant(row, 24)!.Value, Instant(row, 25)!.Value),
        Instant(row, 26),
        Text(row, 29),
        Instant(row, 30));

    public static Run Run(DbDataReader row) => new(
        row.GetInt64(0),
        new SourceKey(row.GetString(1)),
        Instant(row, 2)!.Value,
        Instant(row, 3),
        Enum.Parse<RunOutcome>(row.GetString(4), ignoreCase: true),
        row.GetInt32(5),
        row.GetInt32(6),
        row.GetInt32(7),
        Text(row, 8));

    public static KnownFetch Fetch(DbDataReader row) =>
        new(new FetchState(Text(row, 0), Instant(row, 1)), new PublicationId(row.GetString(2)));

    public static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    /// <summary>An enumeration as it is stored: its name in lower case.</summary>
#pragma warning disable CA1308 // Lower case is what is stored, not a way to compare.
    public static string Text<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    public static DateTimeOffset? Instant(DbDataReader row, int at) => row.IsDBNull(at) ? null : StoreTime.From(row.GetDateTime(at));
}
