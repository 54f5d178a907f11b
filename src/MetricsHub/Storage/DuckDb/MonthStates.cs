using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>How the statements of a month can be read.</summary>
internal enum MonthState
{
    Empty,

    /// <summary>Everything is compacted: the roll-ups hold it.</summary>
    Compacted,

    /// <summary>There are recent statements, each the only one of its series and period.</summary>
    Plain,

    /// <summary>There may be several statements of one series and period: they have to be ranked.</summary>
    Contested,
}

/// <summary>A stretch of time that is read in one way.</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, MonthState State);

/// <summary>
/// What is known of each month (of Europe/London, so that hours, days and months of aggregates never cross from one to another). It
/// may know a month for worse than it is, which costs time; never for better.
/// </summary>
internal sealed class MonthStates
{
    private readonly SortedDictionary<int, MonthState> states = [];

    public IEnumerable<Period> WithRecentStatements =>
        states.Where(entry => entry.Value >= MonthState.Plain).Select(entry => PeriodOf(entry.Key));

    /// <param name="first">The start of the first period, <paramref name="last"/> that of the last.</param>
    public void Raise(DateTimeOffset first, DateTimeOffset last, MonthState state) => Raise(first, last, state, static _ => true);

    /// <param name="applies">Asked with the start of each month.</param>
    public void Raise(DateTimeOffset first, DateTimeOffset last, MonthState state, Func<DateTimeOffset, bool> applies)
    {
        for (int month = NumberOf(first), end = NumberOf(last); month <= end; month++)
        {
            if (applies(PeriodOf(month).Start))
            {
                states[month] = (MonthState)Math.Max((int)states.GetValueOrDefault(month), (int)state);
            }
        }
    }

    public void Compacted(DateTimeOffset monthStart) => states[NumberOf(monthStart)] = MonthState.Compacted;

    /// <summary>The parts of a range that hold anything, in order, as few as possible.</summary>
    public List<Stretch> Within(DateTimeOffset from, DateTimeOffset to)
    {
        var stretches = new List<Stretch>();
        foreach (var (number, state) in states)
        {
            var month = PeriodOf(number);
            if (month.End <= from || month.Start >= to)
            {
                continue;
            }

            var start = month.Start < from ? from : month.Start;
            var end = month.End > to ? to : month.End;
            if (stretches.Count > 0 && stretches[^1] is var before && before.State == state && before.To == start)
            {
                stretches[^1] = before with { To = end };
            }
            else
            {
                stretches.Add(new Stretch(start, end, state));
            }
        }

        return stretches;
    }

    private static int NumberOf(DateTimeOffset instant)
    {
        var date = LondonCalendar.DateOf(instant);
        return (date.Year * 12) + date.Month - 1;
    }

    private static Period PeriodOf(int number) => LondonCalendar.Month(number / 12, (number % 12) + 1);
}
