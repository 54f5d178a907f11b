namespace MetricsHub.Simulator.Playing;

/// <summary>General practice, dentistry and community pharmacy.</summary>
internal static class PrimaryCare
{
    /// <param name="site">Size: requests for the same day, on a day of no particular pressure.</param>
    public static IReadOnlyDictionary<string, double[]> GeneralPractice(SiteDay site)
    {
        var slots = Math.Round(site.Site.Size * 0.6);
        return new Dictionary<string, double[]>
        {
            ["gp-same-day-requests-since-midnight"] = SiteDay.SinceMidnight(
                site.Happening("requests", site.Site.Size * 5 / 7, "gp", "working-day", 0.2)),
            ["gp-same-day-slots-offered"] = site.Constant(slots),
            ["gp-same-day-slots-free"] = site.Left("slots", slots, 0.5),

            // Declared in the morning, and only a level of 1 to 4: two practices in ten say nothing of pressure that they have.
            ["gp-opel-declared"] = site.Constant(Math.Clamp(
                Math.Floor(2.1 + (site.Draw("says") < 0.2 ? -1 : 0) + (0.9 * site.Pressure[32])), 1, 4)),
        };
    }

    /// <param name="site">Size: urgent slots a day.</param>
    public static IReadOnlyDictionary<string, double[]> Dental(SiteDay site) => new Dictionary<string, double[]>
    {
        ["dental-urgent-slots-offered"] = site.Constant(site.Site.Size),
        ["dental-urgent-slots-free"] = site.Left("slots", site.Site.Size, 0.7),
    };

    /// <param name="site">Size: consultations a day.</param>
    public static IReadOnlyDictionary<string, double[]> Pharmacy(SiteDay site) => new Dictionary<string, double[]>
    {
        ["pharmacy-consultations-since-midnight"] = SiteDay.SinceMidnight(
            site.Happening("consultations", site.Site.Size, "utc", "working-day", 0.15)),
        ["pharmacy-patients-waiting"] = site.Whole("waiting", site.Site.Size / 12, null, "evenings", 0.3, 0.6),
    };
}
