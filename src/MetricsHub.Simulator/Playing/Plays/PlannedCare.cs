namespace MetricsHub.Simulator.Playing;

/// <summary>What is booked, and the journeys there and back.</summary>
internal static class PlannedCare
{
    /// <param name="site">Size: journeys booked on a day.</param>
    public static IReadOnlyDictionary<string, double[]> PatientTransport(SiteDay site)
    {
        var working = site.Day.Weekday <= 5 ? 1 : 0.35;
        var done = SiteDay.SinceMidnight(site.Happening("journeys", site.Site.Size * working, null, "afternoons", 0));
        var booked = Math.Max(Math.Round(site.Site.Size * working * 1.05), done[^1]);
        var waiting = site.Whole("waiting", site.Site.Size * working / 14, null, "afternoons", 0.4, 0.3);
        return new Dictionary<string, double[]>
        {
            ["patient-transport-journeys-booked"] = site.Constant(booked),
            ["patient-transport-journeys-completed-since-midnight"] = done,
            ["patient-transport-patients-waiting"] = waiting,
            ["patient-transport-longest-wait"] = [.. site.Whole("longest", 70, null, "afternoons", 0.4, 0.25, 600)
                .Zip(waiting, (longest, people) => people == 0 ? 0 : longest)],
        };
    }

    /// <param name="site">Size: people on the list.</param>
    public static IReadOnlyDictionary<string, double[]> Procedures(SiteDay site)
    {
        // A list moves in weeks, and is counted afresh once a day.
        var waiting = Math.Round(site.Site.Size * (1 + (0.06 * site.Pressure[0])));
        var cancelled = site.Happening("cancelled", site.Site.Size / 1500, "gp", "working-day", 0.8);
        return new Dictionary<string, double[]>
        {
            ["planned-procedures-patients-waiting"] = site.Constant(waiting),
            ["planned-procedures-patients-waiting-over-18-weeks"] = site.Constant(Math.Round(waiting * (0.39 + (0.02 * site.Pressure[0])))),
            ["planned-procedures-median-wait"] = site.Constant(Math.Round(91 + (4 * site.Pressure[0]))),
            ["planned-procedures-cancelled-since-midnight"] = SiteDay.SinceMidnight(cancelled),
        };
    }

    /// <param name="site">Size: places for people who walk in, a day.</param>
    public static IReadOnlyDictionary<string, double[]> SexualHealth(SiteDay site)
    {
        var waiting = site.Whole("waiting", site.Site.Size / 8, null, "afternoons", 0.2, 0.3, 40);
        return new Dictionary<string, double[]>
        {
            ["sexual-health-patients-waiting"] = waiting,
            ["sexual-health-longest-wait"] = [.. site.Whole("longest", 28, null, "afternoons", 0.2, 0.2, 240)
                .Zip(waiting, (longest, people) => people == 0 ? 0 : longest)],
            ["sexual-health-slots-free"] = site.Left("slots", site.Site.Size, 0.3),
        };
    }

    /// <param name="site">Size: scans a day.</param>
    public static IReadOnlyDictionary<string, double[]> EarlyPregnancy(SiteDay site) => new Dictionary<string, double[]>
    {
        ["early-pregnancy-patients-waiting"] = site.Whole("waiting", site.Site.Size / 6, null, "afternoons", 0.2, 0.4, 30),
        ["early-pregnancy-scan-slots-free"] = site.Left("scans", site.Site.Size, 0.4),
        ["early-pregnancy-days-to-next-scan"] = site.Constant(Math.Round(Math.Max(0, 1.5 + site.Pressure[0]))),
    };
}
