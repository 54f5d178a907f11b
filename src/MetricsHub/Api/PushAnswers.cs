using MetricsHub.Collection;

namespace MetricsHub.Api;

/// <summary>One figure, as a push states it: a value or an absence.</summary>
/// <param name="Metric">The key of a metric that the source states.</param>
/// <param name="Organisation">The code of an organisation of the catalogue.</param>
/// <param name="At">
/// An RFC 3339 instant with its offset. A figure of quarter hours is that of the quarter hour which the instant closes; one of days, months or
/// quarters that of the one which holds it, for which a date (2026-03-31) will do.
/// </param>
/// <param name="Value">The number, in the metric's unit.</param>
/// <param name="Absence">Why there is none: not-due, late, source-down, rejected, suppressed, not-applicable or withdrawn.</param>
internal sealed record PushRow(string Metric, string Organisation, string At, double? Value, string? Absence);

/// <summary>What became of a push, row by row.</summary>
/// <param name="Publication">The id of the publication that it is: the SHA-256 of its body.</param>
/// <param name="Accepted">How many rows were accepted.</param>
/// <param name="Rejected">How many rows were rejected.</param>
/// <param name="Rows">All rows, in order.</param>
internal sealed record PushAnswer(string Publication, int Accepted, int Rejected, IReadOnlyList<PushRowItem> Rows)
{
    public static PushAnswer Of(PushTaken taken)
    {
        var rejections = taken.Rejections.GroupBy(rejection => rejection.Row).ToDictionary(row => row.Key, row => row.First());
        PushRowItem[] rows =
        [
            .. Enumerable.Range(taken.FirstRow, taken.Publication.Tally.RowsRead)
                .Select(row => rejections.TryGetValue(row, out var rejection)
                    ? new PushRowItem(row, "rejected", rejection.Field, rejection.Reason)
                    : new PushRowItem(row, "accepted", null, null)),
        ];
        var rejected = rows.Count(row => row.Reason is not null);
        return new PushAnswer(taken.Publication.Id.ToString(), rows.Length - rejected, rejected, rows);
    }
}

/// <summary>A push that is safe and waits to be stored.</summary>
/// <param name="Publication">The id of the publication that it is: the SHA-256 of its body.</param>
/// <param name="Address">Where to look: the publication's state is stored when it is. Sent again under the same key it is then answered row by row.</param>
internal sealed record PushWaitingAnswer(string Publication, string Address);

/// <summary>What became of one row.</summary>
/// <param name="Row">The place in the array, or among the populations of the reports, counted from 1; the line of a table, whose header is 1.</param>
/// <param name="Status">accepted or rejected.</param>
/// <param name="Field">What is at fault; null where the row as a whole is, or none.</param>
/// <param name="Reason">Why it was rejected; null where it was not.</param>
internal sealed record PushRowItem(int Row, string Status, string? Field, string? Reason);
