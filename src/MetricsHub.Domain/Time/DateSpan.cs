namespace MetricsHub.Domain.Time;

/// <summary>
/// The days on which something is valid: <see cref="From"/> inclusive, <see cref="To"/> exclusive; either end may be open. An
/// organisation closed on 31 March 2026 is valid to 1 April 2026, so that a successor's first day is the predecessor's end.
/// </summary>
public readonly record struct DateSpan
{
    public static readonly DateSpan Always;

    /// <exception cref="ArgumentException">The span would hold no day.</exception>
    public DateSpan(DateOnly? from, DateOnly? to)
    {
        if (from >= to)
        {
            throw new ArgumentException($"A span from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} (exclusive) holds no day.");
        }

        From = from;
        To = to;
    }

    public DateOnly? From { get; }

    public DateOnly? To { get; }

    public bool Contains(DateOnly date) => !(date < From) && !(date >= To);

    public bool Contains(DateSpan other) =>
        (From is null || other.From >= From) && (To is null || other.To <= To);

    public bool Overlaps(DateSpan other) => !(From >= other.To) && !(other.From >= To);

    public override string ToString() => $"{From:yyyy-MM-dd}/{To:yyyy-MM-dd}";
}
