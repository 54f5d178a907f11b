namespace MetricsHub.Domain.Observations;

/// <summary>
/// One series as arrays, in order of period end: what a walk over many slots reads, without an object for each statement. A metric has
/// one cadence, so that a period is known by its end.
/// </summary>
public sealed class SeriesColumn
{
    public static readonly SeriesColumn Empty = new([], [], []);

    /// <param name="ends">The ends of the periods, in UTC ticks, rising.</param>
    /// <param name="numbers">The number of each period; NaN where there is none.</param>
    /// <param name="absences">Why there is none; the default where there is a number.</param>
    /// <exception cref="ArgumentException">The lengths differ, an end does not rise, or an entry is neither a number nor an absence.</exception>
    public SeriesColumn(long[] ends, double[] numbers, AbsenceCode[] absences)
    {
        if (ends.Length != numbers.Length || ends.Length != absences.Length)
        {
            throw new ArgumentException($"{ends.Length} ends, {numbers.Length} numbers and {absences.Length} absences are no column.");
        }

        for (var i = 0; i < ends.Length; i++)
        {
            if ((i > 0 && ends[i] <= ends[i - 1]) || double.IsNaN(numbers[i]) == (absences[i] == default))
            {
                throw new ArgumentException($"Entry {i} does not end after the one before, or is not either a number or an absence.");
            }
        }

        Ends = ends;
        Numbers = numbers;
        Absences = absences;
        var first = Array.FindIndex(numbers, number => !double.IsNaN(number));
        HasAbsences = Array.Exists(absences, absence => absence != default);
        FirstNumberEnd = first >= 0 ? ends[first] : long.MaxValue;
    }

    internal long[] Ends { get; }

    internal double[] Numbers { get; }

    internal AbsenceCode[] Absences { get; }

    /// <summary>The end of the oldest period with a number, in UTC ticks; the largest number there is where none has one.</summary>
    internal long FirstNumberEnd { get; }

    internal bool HasAbsences { get; }

    public int Count => Ends.Length;

    /// <summary>A series' statements as a column.</summary>
    /// <param name="statements">Of one series, in order of period. Of two that end together the shorter period counts.</param>
    public static SeriesColumn Of(IReadOnlyList<RecordedStatement> statements)
    {
        var ends = new List<long>(statements.Count);
        var numbers = new List<double>(statements.Count);
        var absences = new List<AbsenceCode>(statements.Count);
        for (var i = 0; i < statements.Count; i++)
        {
            var end = statements[i].Period.End;
            if (i + 1 < statements.Count && statements[i + 1].Period.End == end)
            {
                continue;
            }

            statements[i].Figure.TryGetNumber(out var number);
            ends.Add(end.UtcTicks);
            numbers.Add(number);
            absences.Add(statements[i].Figure.Absence ?? default);
        }

        return new SeriesColumn([.. ends], [.. numbers], [.. absences]);
    }

    /// <summary>The position of the newest entry that ends at or before an instant; -1 where there is none.</summary>
    internal int LastAtOrBefore(long instant)
    {
        var found = Array.BinarySearch(Ends, instant);
        return found >= 0 ? found : ~found - 1;
    }
}
