namespace MetricsHub.Simulator.Feeds;

/// <summary>Where people turn when it cannot wait.</summary>
internal static class UrgentCareFeeds
{
    public static readonly IReadOnlyList<Feed> All =
    [
        new("utc-waits", "Urgent treatment centres, minor injury units and walk-in centres: waits", ["utc"],
            new CsvLayout(new("site", true, "as_at", TimeStyle.London, new("", "closed", "-"))),
            [
                new("waiting", "utc-patients-waiting"),
                new("longest_wait_hours", "utc-longest-wait", NumberStyle.Hours),
                new("in_department", "utc-patients-in-department"),
                new("attendances_today", "utc-attendances-since-midnight"),
            ]),
        new("sdec", "Same day emergency care", ["sdec"],
            new CsvLayout(new("site_code", false, "snapshot_time", TimeStyle.Offset, new("", "closed", "n/a"))),
            [
                new("arrivals_since_midnight", "sdec-arrivals-since-midnight"),
                new("in_department", "sdec-patients-in-department"),
                new("chairs", "sdec-chairs"),
                new("converted_to_admission", "sdec-conversions-since-midnight"),
            ]),
        new("ed-northgate", "Emergency department, Northgate General Hospital", ["ed"],
            new JsonLayout(new(null, false, "/asAt", TimeStyle.Offset, new("", "closed", "n/a")), "data", "snapshots"),
            [
                new("/department/total", "ed-patients-in-department"),
                new("/majorsAndResus/occupied", "ed-majors-resus-occupied"),
                new("/majorsAndResus/spaces", "ed-majors-resus-spaces"),
                new("/department/over12Hours", "ed-patients-over-12-hours"),
                new("/today/medianMinutesToTreatment", "ed-median-time-to-treatment", NumberStyle.Minutes),
                new("/today/attendances", "ed-attendances-since-midnight"),
                new("/today/departures", "ed-departures-since-midnight"),
                new("/today/departuresWithin4Hours", "ed-departures-within-4-hours-since-midnight"),
            ])
        {
            Only = "SIMH1",
        },
        new("ed-southmere", "Emergency department, Southmere Hospital", ["ed"],
            new CsvLayout(new(null, false, "DateTime", TimeStyle.London, new("-", "closed", "n/a")), lineEnd: "\r\n", byteOrderMark: true),
            [
                new("In department", "ed-patients-in-department"),
                new("Majors and resus occupied", "ed-majors-resus-occupied"),
                new("Majors and resus spaces", "ed-majors-resus-spaces"),
                new("Over 12h", "ed-patients-over-12-hours"),
                new("Time to treatment (hours)", "ed-median-time-to-treatment", NumberStyle.Hours),
                new("Attendances", "ed-attendances-since-midnight"),
                new("Departures", "ed-departures-since-midnight"),
                new("Departures in 4h", "ed-departures-within-4-hours-since-midnight"),
            ])
        {
            Only = "SIMH2",
        },
        new("ed-st-aldhelm", "Emergency department, St Aldhelm Hospital", ["ed"],
            new CsvLayout(new(null, false, "as_at_utc", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("total", "ed-patients-in-department"),
                new("majors_resus_occ", "ed-majors-resus-occupied"),
                new("majors_resus_cap", "ed-majors-resus-spaces"),
                new("gt_12h", "ed-patients-over-12-hours"),
                new("ttt_median_mins", "ed-median-time-to-treatment", NumberStyle.Minutes),
                new("att_today", "ed-attendances-since-midnight"),
                new("dep_today", "ed-departures-since-midnight"),
                new("dep_today_4h", "ed-departures-within-4-hours-since-midnight"),
            ])
        {
            Only = "SIMH3",
        },
        new("ambulance-handover", "Ambulance handovers by hospital", ["ambulance-handover"],
            new JsonLayout(new("/hospital/code", false, "/time", TimeStyle.Utc, new("", "closed", "n/a")), "data", "hospitals"),
            [
                new("/arrivals", "ambulance-arrivals-since-midnight"),
                new("/handover/meanSeconds", "ambulance-handover-mean-since-midnight", NumberStyle.Seconds),
                new("/handover/waiting", "ambulances-waiting-to-hand-over"),
            ]),
        new("ambulance-control", "Ambulance control room", ["ambulance-control"],
            new JsonLayout(new(null, false, "/time", TimeStyle.Utc, new("", "closed", "n/a")), "states"),
            [
                new("/callsWaiting", "ambulance-calls-waiting"),
                new("/category2/meanMinutes", "ambulance-category-2-mean-since-midnight", NumberStyle.Minutes),
                new("/crews", "ambulance-crews-on-duty"),
            ])
        {
            Only = "SIMX1",
        },
        new("nhs-111", "NHS 111 calls", ["nhs-111"],
            new CsvLayout(new(null, false, "as_at", TimeStyle.London, new("", "closed", "n/a"))),
            [
                new("offered", "nhs-111-calls-offered-since-midnight", NumberStyle.Thousands),
                new("answered", "nhs-111-calls-answered-since-midnight", NumberStyle.Thousands),
                new("answered_60s", "nhs-111-calls-answered-in-60-seconds-since-midnight", NumberStyle.Thousands),
                new("abandoned", "nhs-111-calls-abandoned-since-midnight", NumberStyle.Thousands),
                new("queue", "nhs-111-calls-queueing"),
            ])
        {
            Only = "SIM11",
        },
    ];
}
