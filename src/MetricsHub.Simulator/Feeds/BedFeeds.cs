namespace MetricsHub.Simulator.Feeds;

/// <summary>Beds in hospitals and outside of them, and who could leave one.</summary>
internal static class BedFeeds
{
    public static readonly IReadOnlyList<Feed> All =
    [
        new("acute-beds", "Hospital beds", ["hospital"],
            new CsvLayout(new("hospital", false, "as_at", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("ga_open", "acute-beds-open-now", NumberStyle.Thousands),
                new("ga_occupied", "acute-beds-occupied-now", NumberStyle.Thousands),
                new("of_which_escalation", "acute-escalation-beds-open-now"),
                new("critical_care_open", "critical-care-beds-open-now"),
                new("critical_care_occupied", "critical-care-beds-occupied-now"),
            ]),
        new("wards", "Wards of the three hospitals", ["ward"],
            new CsvLayout(new("ward", false, "as_at", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("beds", "ward-beds-open"),
                new("patients", "ward-beds-occupied"),
            ]),
        new("community-beds", "Community hospital beds", ["community-beds"],
            new XlsxLayout(new("Site", true, "Snapshot", TimeStyle.London, new("", "closed", "-")), sheet: "Beds"),
            [
                new("Beds open", "community-beds-open"),
                new("Beds occupied", "community-beds-occupied"),
                new("Waiting to come in", "community-beds-patients-waiting"),
            ]),
        new("mental-health", "Mental health beds and places of safety", ["mental-health", "mental-health-flow"],
            new CsvLayout(new("unit", false, "as_at", TimeStyle.Offset, new("", "closed", "-"))),
            [
                new("beds_open", "mental-health-beds-open"),
                new("beds_occupied", "mental-health-beds-occupied"),
                new("s136_spaces", "section-136-spaces"),
                new("s136_occupied", "section-136-spaces-occupied"),
                new("waiting_for_bed", "mental-health-patients-waiting-for-a-bed"),
            ]),
        new("virtual-wards", "Virtual wards", ["virtual-ward"],
            new JsonLayout(new("/ward/code", false, "/asAt", TimeStyle.Offset, new("", "closed", "n/a")), "data", "wards"),
            [
                new("/capacity", "virtual-ward-capacity-now"),
                new("/patients", "virtual-ward-patients-now"),
            ]),
        new("care-homes", "Care homes: vacancies", ["care-home"],
            new CsvLayout(new("home", true, "updated", TimeStyle.London, new("", "closed", "n/a"))),
            [
                new("max_capacity", "care-home-beds"),
                new("occupied", "care-home-beds-occupied"),
                new("vacant_admitting", "care-home-beds-vacant-admitting"),
            ]),
        new("discharge", "Patients who no longer meet the criteria to reside, and discharges", ["discharge"],
            new CsvLayout(new("hospital", false, "as_at", TimeStyle.Utc, new("", "closed", "n/a"))),
            [
                new("nctr", "no-criteria-to-reside-now"),
                new("nctr_p0", "no-criteria-to-reside-pathway-0-now"),
                new("nctr_p1", "no-criteria-to-reside-pathway-1-now"),
                new("nctr_p2", "no-criteria-to-reside-pathway-2-now"),
                new("nctr_p3", "no-criteria-to-reside-pathway-3-now"),
                new("discharged_today", "discharges-since-midnight"),
            ]),
    ];
}
