namespace MetricsHub.Simulator.Playing;

/// <summary>
/// When a service is open, by the key of its calendar. Bank holidays are not played: a simulated practice that is open on one says so
/// to a hub that expects nothing.
/// </summary>
internal sealed record OpeningHours(double Opens, double Closes, int Days)
{
    private static readonly Dictionary<string, OpeningHours> Calendars = new()
    {
        ["always"] = new(0, 24, 7),
        ["utc-8-to-20"] = new(8, 20, 7),
        ["sdec-8-to-20"] = new(8, 20, 7),
        ["gp-8-to-18-30"] = new(8, 18.5, 5),
        ["dental-9-to-17"] = new(9, 17, 5),
        ["pharmacy-9-to-18"] = new(9, 18, 6),
        ["clinic-9-to-17"] = new(9, 17, 5),
    };

    /// <exception cref="InvalidOperationException">The simulator does not know the calendar.</exception>
    public static OpeningHours Of(string calendar) =>
        Calendars.GetValueOrDefault(calendar) ?? throw new InvalidOperationException($"The simulator knows no calendar '{calendar}'.");

    /// <summary>Whether it is open for the whole of a quarter hour.</summary>
    /// <param name="slot">Its place in the day, from 0.</param>
    public bool IsOpen(LondonDay day, int slot) =>
        day.Weekday <= Days && day.Hours[slot] > Opens && day.Hours[slot] < Closes;
}
