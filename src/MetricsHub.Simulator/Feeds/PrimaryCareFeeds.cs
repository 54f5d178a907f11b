namespace MetricsHub.Simulator.Feeds;

/// <summary>General practice, dentistry and community pharmacy.</summary>
internal static class PrimaryCareFeeds
{
    public static readonly IReadOnlyList<Feed> All =
    [
        new("gp-north-vale", "GP practices of North Vale: demand for the same day", ["gp"],
            new CsvLayout(new("practice", false, "as_at", TimeStyle.London, new("", "closed", "n/a")), lineEnd: "\r\n"),
            [
                new("requests_today", "gp-same-day-requests-since-midnight"),
                new("slots_today", "gp-same-day-slots-offered"),
                new("slots_free", "gp-same-day-slots-free"),
                new("opel", "gp-opel-declared"),
            ])
        {
            Only = "SIMNV",
        },
        new("gp-south-vale", "GP practices of South Vale: demand for the same day", ["gp"],
            new JsonLayout(new("/practice/odsCode", false, "/recordedAt", TimeStyle.Offset, new("", "CLOSED", "n/a")), "data", "practices"),
            [
                new("/sameDay/requests", "gp-same-day-requests-since-midnight"),
                new("/sameDay/slots/offered", "gp-same-day-slots-offered"),
                new("/sameDay/slots/free", "gp-same-day-slots-free"),
                new("/opel", "gp-opel-declared"),
            ])
        {
            Only = "SIMSV",
        },
        new("dental-urgent", "Dental practices: urgent appointments", ["dental"],
            new CsvLayout(new("contractor", true, "timestamp", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("urgent_offered", "dental-urgent-slots-offered"),
                new("urgent_unfilled", "dental-urgent-slots-free"),
            ]),
        new("pharmacy", "Community pharmacies: consultations and queues", ["pharmacy"],
            new JsonLayout(new("/code", false, "/at", TimeStyle.Utc, new("", "closed", "n/a")), "pharmacies"),
            [
                new("/consultations", "pharmacy-consultations-since-midnight"),
                new("/waiting", "pharmacy-patients-waiting"),
            ]),
    ];
}
