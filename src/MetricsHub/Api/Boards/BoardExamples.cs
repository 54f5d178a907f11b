namespace MetricsHub.Api.Boards;

/// <summary>One row of each board, made up by the simulator.</summary>
internal static class BoardExamples
{
    private const string OfAnOrganisation = "api/v1/organisations/{code}/boards/";
    private const string OfTheHub = "api/v1/boards/";

    public static IReadOnlyDictionary<string, string> ByPath { get; } = new Dictionary<string, string>
    {
        [OfAnOrganisation + "frameworks"] = Answer("""
            { "key": "system-access", "name": "Access to the whole system", "grid": "quarter-hour" }
            """),
        [OfAnOrganisation + "organisations"] = Answer("""
            { "code": "SIM", "name": "Wyvern Vale (simulated) (SIM)", "kind": "system" }
            """),
        [OfAnOrganisation + "levels"] = Answer("""
            {
              "organisation": "SIM", "name": "Wyvern Vale (simulated)", "simulated": "simulated", "framework": "system-access",
              "frameworkName": "Access to the whole system, version 1", "shown": "2", "shownText": "2", "calculated": "2", "calculatedText": "Level 2",
              "bounds": "certain: 2 whatever the missing inputs are (0 % of the points unknown)", "lowestLevel": 2, "highestLevel": 2,
              "since": "2026-11-22T22:00:00Z", "slotEnd": "2026-11-23T12:00:00Z", "nextSlotEnd": "2026-11-23T12:15:00Z", "secondsToNext": 480,
              "scorePercent": 46.2, "observablePercent": 100, "missing": 0, "missingText": "Every input is there.", "falling": "not about to fall",
              "declared": "3", "declaredText": "3, declared until 2026-11-23T19:07:00Z, by a test: Made up for the dashboards",
              "link": "/api/v1/organisations/SIM/escalation/explain?at=2026-11-23T12%3A00%3A00Z&framework=system-access"
            }
            """),
        [OfAnOrganisation + "service-domains"] = Answer("""
            {
              "serviceDomain": "gp", "name": "General practice", "framework": "system-access", "level": "1",
              "text": "Level 1; certain: 1 whatever the missing inputs are (0 % of the points unknown)", "points": 0, "availablePoints": 6,
              "applicablePoints": 6, "observablePercent": 100, "scorePercent": 0
            }
            """),
        [OfAnOrganisation + "changes"] = Answer("""
            {
              "indicator": "live-virtual-ward-occupancy", "name": "Virtual ward occupancy now", "framework": "system-access", "toLevel": "3",
              "text": "86.4 % passes 90 %: 5 more in the numerator", "value": 0.8643, "edge": 0.9, "numeratorChange": 5.0
            }
            """),
        [OfAnOrganisation + "movements"] = Answer("""
            {
              "indicator": "live-utc-longest-wait", "name": "Longest wait at urgent treatment", "framework": "system-access",
              "serviceDomain": "Urgent treatment (UTC, walk-in, minor injury)", "kind": "moved", "before": "108 minutes", "after": "132.16 minutes",
              "pointsBefore": 2, "pointsAfter": 4, "comparedWith": "2026-11-22T21:45:00Z"
            }
            """),
        [OfAnOrganisation + "inputs"] = Answer("""
            {
              "indicator": "live-gp-same-day-taken", "name": "GP same-day appointments taken", "framework": "system-access", "serviceDomain": "gp",
              "serviceDomainName": "General practice", "state": "present", "text": "65.1 %", "value": 0.6512, "unit": "share", "points": 0,
              "maximumPoints": 6, "pointsPercent": 0, "band": "(-inf, 0.85]", "provenance": "local-placeholder", "periodEnd": "2026-11-23T12:00:00Z",
              "ageSeconds": 420, "coveragePercent": 100,
              "lacks": "18 of a kind that could have not stated it for a year",
              "sources": "sim-gp-north-vale, sim-gp-south-vale",
              "link": "/api/v1/organisations/SIM/escalation/explain?at=2026-11-23T12%3A00%3A00Z&framework=system-access"
            }
            """),
        [OfAnOrganisation + "figures"] = Answer("""
            {
              "indicator": "live-gp-same-day-taken", "indicatorName": "GP same-day appointments taken", "framework": "system-access",
              "organisation": "SIMP01", "name": "Abbey Road Surgery (simulated)", "simulated": "simulated", "metric": "gp-same-day-slots-offered",
              "state": "stated", "text": "57 slots", "value": 57, "unit": "slots", "periodStart": "2026-11-23T11:45:00Z",
              "periodEnd": "2026-11-23T12:00:00Z", "recordedAt": "2026-11-23T12:07:00.000011Z",
              "publication": "f1b739f37d3b9b3fa93d1e9927061b83f11846c949cece9f19dfd1c93339d69f", "row": 6712,
              "link": "/api/v1/observations?metric=gp-same-day-slots-offered&organisation=SIMP01&from=2026-11-23T11%3A45%3A00Z&to=2026-11-23T12%3A00%3A00Z"
            }
            """),
        [OfAnOrganisation + "history"] = Answer("""
            {
              "at": "2026-11-23T12:00:00Z", "calculated": "2", "shown": "2", "declared": "3", "lowestLevel": 2, "highestLevel": 2, "scorePercent": 46.2,
              "observablePercent": 100, "uncertainPercent": 0, "readings": 1, "version": "1", "reason": "none"
            }
            """),
        [OfAnOrganisation + "events"] = Answer("""
            {
              "at": "2026-11-20T17:00:00Z", "track": "calculated", "kind": "rise", "from": "2", "to": "3",
              "causes": "live-gp-same-day-taken 2 to 4 of 6 points; live-ambulance-handover-mean 2 to 4 of 6 points; live-general-acute-occupancy 2 to 1 of 3 points",
              "lastedSeconds": 113400, "madeAt": "2026-11-23T12:07:00Z"
            }
            """),
        [OfAnOrganisation + "health"] = Answer("""
            {
              "of": "calculated", "name": "Level 1", "share": "time", "percent": 0, "text": "0 % of the time", "version": "1",
              "madeAt": "2026-11-23T12:07:00Z"
            }
            """),
        [OfAnOrganisation + "headroom"] = Answer("""
            {
              "organisation": "SIMP18", "name": "Riverbank Surgery (simulated)", "simulated": "simulated", "serviceDomain": "gp",
              "measure": "Same-day appointments", "status": "known", "text": "40 slots free of 84", "free": 40, "capacity": 84, "unit": "slots",
              "periodEnd": "2026-11-23T12:00:00Z", "ageSeconds": 420
            }
            """),
        [OfAnOrganisation + "below"] = Answer("""
            {
              "organisation": "SIMNV", "name": "North Vale (simulated)", "kind": "place", "simulated": "simulated", "level": "not judged",
              "levelText": "No framework in force judges North Vale (simulated): it is a place.", "figures": 58, "stale": 0, "absent": 0,
              "text": "58 figures, 0 stale, 0 absent"
            }
            """),
        [OfAnOrganisation + "latest"] = Answer("""
            {
              "metric": "acute-beds-occupied-now", "name": "General and acute beds occupied now", "serviceDomain": "Acute beds", "state": "current",
              "text": "315 beds", "value": 315, "unit": "beds", "periodEnd": "2026-11-23T12:00:00Z", "ageSeconds": 420, "reason": "none",
              "link": "/api/v1/observations/latest?metric=acute-beds-occupied-now&organisation=SIMH1"
            }
            """),
        [OfAnOrganisation + "series"] = Answer("""
            { "at": "2026-11-23T00:15:00Z", "value": 328, "state": "stated", "text": "328 beds", "unit": "beds" }
            """),
        [OfTheHub + "sources"] = Answer("""
            {
              "source": "sim-acute-beds", "name": "Hospital beds (simulated)", "publisher": "MetricsHub simulator", "simulated": "simulated",
              "state": "fresh", "text": "fresh", "newestPeriodEnd": "2026-11-23T12:00:00Z", "ageSeconds": 420, "nextDueAt": "2026-11-23T12:35:00Z",
              "lastRunAt": "2026-11-23T12:07:00Z", "waiting": 0, "format": "proven", "link": "/api/v1/sources/sim-acute-beds"
            }
            """),
        [OfTheHub + "source-states"] = Answer("""
            { "state": "overdue", "sources": 2, "names": "Hospital beds (simulated), Sexual health clinics (simulated)" }
            """),
        [OfTheHub + "publications"] = Answer("""
            {
              "source": "sim-wards", "fileName": "wards.csv", "retrievedAt": "2026-11-23T12:07:00Z", "state": "stored",
              "text": "every row accounted for; no-total", "rowsRead": 16128, "rowsRejected": 0, "observations": 32190, "absences": 66,
              "cellsRejected": 0, "link": "/api/v1/publications/24c8cb171b9eba1221423720130d8ba64e53770f49b11f07640630ff5770ccd6"
            }
            """),
        [OfTheHub + "rejections"] = Answer("""
            {
              "source": "sim-dental-urgent", "fileName": "dental-urgent.csv", "row": 17, "field": "dental-urgent-slots-free",
              "reason": "12 of 10: free above offered.", "checks": "not-above"
            }
            """),
        [OfTheHub + "evaluation"] = Answer("""
            {
              "framework": "system-access", "name": "Access to the whole system, version 1", "state": "up-to-date",
              "evaluatedTo": "2026-11-23T12:00:00Z", "finishedAt": "2026-11-23T12:07:00Z", "due": 0, "text": "up-to-date"
            }
            """),
        [OfTheHub + "alarms/levels"] = Answer("""
            {
              "organisation": "SIMA1", "name": "Wyvern Vale Hospitals (simulated)", "framework": "opel-acute-2024-26", "simulated": "simulated",
              "level": 3
            }
            """),
        [OfTheHub + "alarms/uncertain"] = Answer("""
            {
              "organisation": "SIMA1", "name": "Wyvern Vale Hospitals (simulated)", "framework": "opel-acute-2024-26", "simulated": "simulated",
              "spread": 0
            }
            """),
        [OfTheHub + "alarms/sources"] = Answer("""
            { "source": "sim-acute-beds", "name": "Hospital beds (simulated)", "simulated": "simulated", "overdueMinutes": 75 }
            """),
        [OfTheHub + "alarms/silence"] = Answer("""
            { "framework": "system-access", "silentMinutes": 7 }
            """),
    };

    private static string Answer(string row) => $$"""{ "at": "2026-11-23T12:07:00Z", "items": [ {{row}} ], "next": null }""";
}
