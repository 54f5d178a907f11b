using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>The slots at which a framework judges an organisation: those on whose last day the version is in force for it and it is open.</summary>
public static class JudgedSlots
{
    /// <summary>Those that end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    /// <param name="tree">Where the organisation stands: whoever is above it may have adopted the version on days of their own.</param>
    public static IEnumerable<Period> Between(Framework framework, Organisation organisation, OrganisationTree tree, DateTimeOffset from, DateTimeOffset to)
    {
        if (!framework.AppliesTo.Contains(organisation.Kind))
        {
            return [];
        }

        var (start, end) = (Later(from, StartOf(organisation.Valid)), Earlier(to, EndOf(organisation.Valid)));
        return framework.Adopted.Count == 0
            ? Grid.SlotsBetween(framework.Grid, Later(start, StartOf(framework.Valid)), Earlier(end, EndOf(framework.Valid)))
            : Grid.SlotsBetween(framework.Grid, start, end).Where(slot => framework.IsInForce(organisation.Code, LondonCalendar.LastDayOf(slot), tree));
    }

    private static DateTimeOffset StartOf(DateSpan span) => span.From is { } day ? LondonCalendar.StartOf(day) : DateTimeOffset.MinValue;

    private static DateTimeOffset EndOf(DateSpan span) => span.To is { } day ? LondonCalendar.StartOf(day) : DateTimeOffset.MaxValue;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
