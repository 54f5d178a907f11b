using System.Runtime.CompilerServices;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Domain.Indicators;

/// <summary>A position in a series, moved on and never back; what it looks at most is kept beside it.</summary>
internal struct SeriesCursor(SeriesColumn column)
{
    private readonly long[] ends = column.Ends;
    private readonly double[] numbers = column.Numbers;
    private readonly AbsenceCode[] absences = column.Absences;
    private readonly bool hasAbsences = column.HasAbsences;
    private long nextEnd = column.Ends.Length > 0 ? column.Ends[0] : long.MaxValue;

    /// <summary>The end of the oldest period with a number, in UTC ticks.</summary>
    public readonly long FirstNumberEnd { get; } = column.FirstNumberEnd;

    /// <summary>The position of the newest entry; -1 before the first.</summary>
    public int Position { get; private set; } = -1;

    /// <summary>The end of the newest entry, in UTC ticks; the smallest number there is before the first.</summary>
    public long End { get; private set; } = long.MinValue;

    /// <summary>The end of the newest entry that says there is no figure, and so ends the carrying of an older one.</summary>
    public long BrokenOff { get; private set; } = long.MinValue;

    public readonly long EndAt(int position) => ends[position];

    public readonly double NumberAt(int position) => numbers[position];

    public readonly AbsenceCode AbsenceAt(int position) => absences[position];

    /// <summary>Begins at the newest entry that ends at or before an instant.</summary>
    public void Start(long instant)
    {
        var found = Array.BinarySearch(ends, instant);
        Position = found >= 0 ? found : ~found - 1;
        End = Position >= 0 ? ends[Position] : long.MinValue;
        nextEnd = Position + 1 < ends.Length ? ends[Position + 1] : long.MaxValue;
    }

    /// <summary>Goes on to the newest entry that ends at or before an instant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(long instant)
    {
        if (nextEnd <= instant)
        {
            AdvanceFurther(instant);
        }
    }

    private void AdvanceFurther(long instant)
    {
        var position = Position;
        do
        {
            position++;
            if (hasAbsences && EndsCarrying(absences[position]))
            {
                BrokenOff = ends[position];
            }
        }
        while (position + 1 < ends.Length && ends[position + 1] <= instant);

        Position = position;
        End = ends[position];
        nextEnd = position + 1 < ends.Length ? ends[position + 1] : long.MaxValue;
    }

    /// <summary>Silence is bridged for as long as the maximum age lets; a publisher who says that there is no figure has spoken.</summary>
    private static bool EndsCarrying(AbsenceCode absence) => absence is not (default(AbsenceCode) or AbsenceCode.Late or AbsenceCode.SourceDown);
}
