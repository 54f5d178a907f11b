namespace MetricsHub.Catalogue;

internal sealed class CalendarsFile
{
    public List<CalendarEntry> Calendars { get; init; } = [];
}

internal sealed class CalendarEntry
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public List<HoursEntry> Hours { get; init; } = [];

    /// <summary>Optional: other spans on bank holidays, none where it is closed.</summary>
    public List<string>? OnBankHolidays { get; init; }

    public SeasonEntry? Season { get; init; }

    public string? Source { get; init; }
}

internal sealed class HoursEntry
{
    public List<string> Days { get; init; } = [];

    public List<string> Open { get; init; } = [];
}

internal sealed class SeasonEntry
{
    public string? First { get; init; }

    public string? Last { get; init; }
}

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record OpeningRow(
    string File, int Row, string Organisation, string ServiceDomain, string Calendar, string ValidFrom, string ValidTo, string Source);

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record BankHolidayRow(int Row, string Date, string Title, string Source);

/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record SuccessionRow(int Row, string Predecessor, string Successor, string Date, string Basis, string Source, string Reason);
