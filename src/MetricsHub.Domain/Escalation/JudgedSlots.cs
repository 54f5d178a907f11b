using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>The slots at which a framework judges an organisation: those whose last day lies where the version is valid and the organisation is open.</summary>
public static class JudgedSlots
{
    /// <summary>Those that end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    public static IEnumerable<Period> Between(Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset to)
    {
        var start = Later(from, Later(StartOf(framework.Valid), StartOf(organisation.Valid)));
        var end = Earlier(to, Earlier(EndOf(framework.Valid), EndOf(organisation.Valid)));
        return framework.AppliesTo.Contains(organisation.Kind) ? Grid.SlotsBetween(framework.Grid, start, end) : [];
    }

    private static DateTimeOffset StartOf(DateSpan span) => span.From is { } day ? LondonCalendar.StartOf(day) : DateTimeOffset.MinValue;

    private static DateTimeOffset EndOf(DateSpan span) => span.To is { } day ? LondonCalendar.StartOf(day) : DateTimeOffset.MaxValue;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
