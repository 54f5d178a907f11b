namespace MetricsHub.Simulator.Playing;

/// <summary>Where people turn when it cannot wait.</summary>
internal static class UrgentCare
{
    /// <param name="site">Size: attendances a day.</param>
    public static IReadOnlyDictionary<string, double[]> TreatmentCentre(SiteDay site)
    {
        var waiting = site.Whole("waiting", site.Site.Size / 9, "utc", "evenings", 0.5, 0.3);
        return new Dictionary<string, double[]>
        {
            ["utc-attendances-since-midnight"] = SiteDay.SinceMidnight(site.Happening("attendances", site.Site.Size, "utc", "evenings", 0.12)),
            ["utc-patients-waiting"] = waiting,
            ["utc-patients-in-department"] = [.. waiting.Zip(
                site.Whole("seen", site.Site.Size / 14, "utc", "evenings", 0.2, 0.3), (wait, seen) => wait + seen)],
            ["utc-longest-wait"] = [.. site.Whole("longest", 75, "utc", "evenings", 0.5, 0.3, 480)
                .Zip(waiting, (longest, people) => people == 0 ? 0 : longest)],
        };
    }

    /// <param name="site">Size: arrivals a day; spaces: chairs.</param>
    public static IReadOnlyDictionary<string, double[]> SameDayEmergencyCare(SiteDay site)
    {
        var arrivals = site.Happening("arrivals", site.Site.Size, "ed", "around-the-clock", 0.15);
        return new Dictionary<string, double[]>
        {
            ["sdec-arrivals-since-midnight"] = SiteDay.SinceMidnight(arrivals),
            ["sdec-conversions-since-midnight"] = SiteDay.SinceMidnight(site.Some("conversions", arrivals, slot => 0.14 + (0.04 * site.Pressure[slot]))),
            ["sdec-patients-in-department"] = site.Whole("inside", site.Site.Size / 3.2, "ed", "afternoons", 0.25, 0.2, site.Site.Spaces * 1.5),
            ["sdec-chairs"] = site.Constant(site.Site.Spaces),
        };
    }

    /// <param name="site">Size: attendances a day; spaces: majors and resuscitation.</param>
    public static IReadOnlyDictionary<string, double[]> EmergencyDepartment(SiteDay site)
    {
        var arrivals = site.Happening("arrivals", site.Site.Size, "ed", "around-the-clock", 0.12);
        var departures = site.Happening("departures", site.Site.Size, "ed", "in-department", 0.05);
        var inTime = site.Some("in time", departures, slot => 0.66 - (0.12 * site.Pressure[slot]));
        var inside = site.Whole("inside", site.Site.Size * 5 / 24, "ed", "in-department", 0.3, 0.12);
        return new Dictionary<string, double[]>
        {
            ["ed-patients-in-department"] = inside,
            ["ed-majors-resus-spaces"] = site.Constant(site.Site.Spaces),
            ["ed-majors-resus-occupied"] = [.. inside.Select(people => Math.Min(Math.Round(people * 0.55), Math.Floor(site.Site.Spaces * 1.5)))],
            ["ed-patients-over-12-hours"] = site.Each(slot => Math.Round(inside[slot] * Math.Clamp(0.06 + (0.06 * site.Pressure[slot]), 0, 0.4))),
            ["ed-median-time-to-treatment"] = site.Whole("treatment", 62, null, "in-department", 0.4, 0.15, 600),
            ["ed-attendances-since-midnight"] = SiteDay.SinceMidnight(arrivals),
            ["ed-departures-since-midnight"] = SiteDay.SinceMidnight(departures),
            ["ed-departures-within-4-hours-since-midnight"] = SiteDay.SinceMidnight(inTime),
        };
    }

    /// <param name="site">Size: ambulances a day.</param>
    public static IReadOnlyDictionary<string, double[]> AmbulanceHandover(SiteDay site) => new Dictionary<string, double[]>
    {
        ["ambulance-arrivals-since-midnight"] = SiteDay.SinceMidnight(site.Happening("arrivals", site.Site.Size, "ed", "in-department", 0.08)),
        ["ambulance-handover-mean-since-midnight"] = site.Whole("handover", 24, "ambulance", "in-department", 0.5, 0.15, 240),
        ["ambulances-waiting-to-hand-over"] = site.Whole("outside", site.Site.Size / 22, "ambulance", "in-department", 0.7, 0.4, site.Site.Size / 4),
    };

    /// <param name="site">Size: calls waiting; spaces: crews.</param>
    public static IReadOnlyDictionary<string, double[]> AmbulanceControl(SiteDay site) => new Dictionary<string, double[]>
    {
        ["ambulance-calls-waiting"] = site.Whole("calls", site.Site.Size, "ambulance", "in-department", 0.5, 0.3),
        ["ambulance-category-2-mean-since-midnight"] = site.Whole("category 2", 34, "ambulance", "in-department", 0.4, 0.15, 300),
        ["ambulance-crews-on-duty"] = site.Whole("crews", site.Site.Spaces, null, null, -0.02, 0.08, site.Site.Spaces * 1.1),
    };

    /// <param name="site">Size: calls a day.</param>
    public static IReadOnlyDictionary<string, double[]> Nhs111(SiteDay site)
    {
        var offered = site.Happening("calls", site.Site.Size, "nhs-111", "evenings", 0.12);
        var answered = site.Some("answered", offered, slot => 0.955 - (0.03 * site.Pressure[slot]));
        return new Dictionary<string, double[]>
        {
            ["nhs-111-calls-offered-since-midnight"] = SiteDay.SinceMidnight(offered),
            ["nhs-111-calls-answered-since-midnight"] = SiteDay.SinceMidnight(answered),
            ["nhs-111-calls-answered-in-60-seconds-since-midnight"] = SiteDay.SinceMidnight(
                site.Some("quickly", answered, slot => 0.8 - (0.15 * site.Pressure[slot]))),
            ["nhs-111-calls-abandoned-since-midnight"] = SiteDay.SinceMidnight([.. offered.Zip(answered, (all, some) => all - some)]),
            ["nhs-111-calls-queueing"] = site.Whole("queue", site.Site.Size / 220, "nhs-111", "evenings", 0.6, 0.4),
        };
    }
}
