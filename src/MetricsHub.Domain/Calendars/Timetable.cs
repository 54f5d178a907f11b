using MetricsHub.Domain.Publications;

namespace MetricsHub.Domain.Calendars;

/// <summary>For which periods a source states figures, and how long after a period's end they are due.</summary>
public sealed record Timetable(SourceKey Source, Calendar Calendar, TimeSpan DueAfter);
