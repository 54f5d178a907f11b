using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>The current statement of one series' newest period, and how far back the series goes; times in ticks.</summary>
internal struct NewestStatement
{
    public long FirstStart;
    public long Start;
    public long End;
    public double Number;
    public AbsenceCode Absence;
    public int Row;
    public StoredRelease? Release;

    public readonly bool IsEmpty => Release is null;

    /// <summary>Whether a period comes after the newest one, so that nothing can have been said of it before.</summary>
    public readonly bool IsBefore(long start, long end) => IsEmpty || end > End || (end == End && start > Start);

    public void Offer(long start, long end, Figure figure, int row, StoredRelease release)
    {
        FirstStart = IsEmpty ? start : Math.Min(FirstStart, start);
        if (!IsBefore(start, end) && (start != Start || end != End || !release.StandsAfter(Release!)))
        {
            return;
        }

        (Start, End, Row, Release) = (start, end, row, release);
        Absence = figure.TryGetNumber(out Number) ? default : figure.Absence!.Value;
    }

    public readonly RecordedStatement ToStatement(SeriesKey series) => new(
        series,
        new Period(new DateTimeOffset(Start, TimeSpan.Zero), new DateTimeOffset(End, TimeSpan.Zero)),
        Absence == default ? Figure.Of(Number) : Figure.Absent(Absence),
        Row,
        Release!.Publication,
        Release.RecordedAt);

    public readonly SeriesExtent ToExtent(SeriesKey series) =>
        new(series, new DateTimeOffset(FirstStart, TimeSpan.Zero), new DateTimeOffset(End, TimeSpan.Zero));
}
