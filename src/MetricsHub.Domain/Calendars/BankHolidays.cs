using System.Collections.Frozen;

namespace MetricsHub.Domain.Calendars;

/// <summary>A bank holiday of England and Wales.</summary>
/// <param name="Source">Which file states it.</param>
public sealed record BankHoliday(DateOnly Date, string Title, string Source);

/// <summary>
/// The bank holidays of England and Wales that are known. A day that nobody has announced yet is none: figures of it then read as late,
/// which errs on the visible side.
/// </summary>
public sealed class BankHolidays
{
    public static readonly BankHolidays None = new([]);

    private readonly FrozenSet<DateOnly> dates;

    /// <exception cref="ArgumentException">A date stands twice.</exception>
    public BankHolidays(IReadOnlyCollection<BankHoliday> holidays)
    {
        All = [.. holidays.OrderBy(holiday => holiday.Date)];
        dates = All.Select(holiday => holiday.Date).ToFrozenSet();
        if (dates.Count != All.Count)
        {
            throw new ArgumentException("A bank holiday stands twice.", nameof(holidays));
        }
    }

    /// <summary>By date.</summary>
    public IReadOnlyList<BankHoliday> All { get; }

    public bool Contains(DateOnly date) => dates.Contains(date);
}
