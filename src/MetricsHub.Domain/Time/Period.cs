namespace MetricsHub.Domain.Time;

/// <summary>What a figure is about: from <see cref="Start"/> (inclusive) to <see cref="End"/> (exclusive), both UTC.</summary>
public readonly record struct Period : IComparable<Period>
{
    /// <exception cref="ArgumentException">An end is not UTC, or the period is empty or reversed.</exception>
    public Period(DateTimeOffset start, DateTimeOffset end)
    {
        if (start.Offset != TimeSpan.Zero || end.Offset != TimeSpan.Zero)
        {
            throw new ArgumentException($"A period is in UTC, not {start:O} to {end:O}.");
        }

        if (end <= start)
        {
            throw new ArgumentException($"A period ends after it starts, not {start:O} to {end:O}.");
        }

        Start = start;
        End = end;
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset End { get; }

    public TimeSpan Length => End - Start;

    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;

    public bool Overlaps(Period other) => Start < other.End && other.Start < End;

    /// <summary>Orders by end, then by start: of two periods that end together the longer one comes first.</summary>
    public int CompareTo(Period other) => End != other.End ? End.CompareTo(other.End) : Start.CompareTo(other.Start);

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Start:yyyy-MM-ddTHH:mm:ssZ}/{End:yyyy-MM-ddTHH:mm:ssZ}";
}
