namespace MetricsHub.Simulator.Feeds;

/// <summary>What is booked, and the journeys there and back.</summary>
internal static class PlannedCareFeeds
{
    public static readonly IReadOnlyList<Feed> All =
    [
        new("patient-transport", "Patient transport by hospital", ["patient-transport"],
            new JsonLayout(new("/hospital", false, "/at", TimeStyle.Offset, new("", "closed", "n/a")), "data", "hospitals"),
            [
                new("/journeys/booked", "patient-transport-journeys-booked"),
                new("/journeys/completed", "patient-transport-journeys-completed-since-midnight"),
                new("/waiting/patients", "patient-transport-patients-waiting"),
                new("/waiting/longestMinutes", "patient-transport-longest-wait", NumberStyle.Minutes),
            ]),
        new("planned-procedures", "Waiting lists for planned procedures", ["planned-procedures"],
            new CsvLayout(new("hospital", false, "as_at", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("waiting", "planned-procedures-patients-waiting", NumberStyle.Thousands),
                new("over_18_weeks", "planned-procedures-patients-waiting-over-18-weeks", NumberStyle.Thousands),
                new("median_days", "planned-procedures-median-wait"),
                new("cancelled_today", "planned-procedures-cancelled-since-midnight"),
            ]),
        new("sexual-health", "Sexual health clinics", ["sexual-health"],
            new CsvLayout(new("clinic", true, "as_at", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("waiting", "sexual-health-patients-waiting"),
                new("longest_wait_mins", "sexual-health-longest-wait", NumberStyle.Minutes),
                new("slots_left", "sexual-health-slots-free"),
            ]),
        new("early-pregnancy", "Early pregnancy units", ["early-pregnancy"],
            new JsonLayout(new("/unit", false, "/at", TimeStyle.Utc, new("", "closed", "n/a")), "units"),
            [
                new("/waiting", "early-pregnancy-patients-waiting"),
                new("/scans/freeToday", "early-pregnancy-scan-slots-free"),
                new("/scans/daysToNext", "early-pregnancy-days-to-next-scan"),
            ]),
    ];
}
