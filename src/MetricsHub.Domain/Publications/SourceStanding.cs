namespace MetricsHub.Domain.Publications;

/// <summary>How a source stood at an instant, by the runs that had finished by then; those that the hub broke off itself tell nothing.</summary>
/// <param name="LastReachedAt">When the last run finished that could read every location; null where none ever did.</param>
/// <param name="IsUnreachable">Whether the last finished run failed, or could not read a location.</param>
public sealed record SourceStanding(DateTimeOffset? LastReachedAt, bool IsUnreachable)
{
    /// <summary>Of a source that was never read.</summary>
    public static readonly SourceStanding NeverRead = new(null, false);

    /// <summary>Whether the source could not be read, and has not been since an instant: what fell due then may stand there unread.</summary>
    public bool IsDownSince(DateTimeOffset due) => IsUnreachable && !(LastReachedAt >= due);
}
