namespace MetricsHub.Api;

internal static class LevelExampleTexts
{
    public const string Declaration = """
        {
          "number": 12, "framework": null, "level": 4, "reason": "Two wards closed for infection, no discharges before 18:00", "actor": "local",
          "declaredAt": "2026-11-22T12:04:10Z", "until": "2026-11-22T20:00:00Z", "status": "standing",
          "text": "4, declared until 2026-11-22T20:00:00Z", "stoodUntil": null, "endedBy": null, "endReason": null
        }
        """;

    public const string DeclarationBody = """
        { "level": 4, "reason": "Two wards closed for infection, no discharges before 18:00", "until": "2026-11-22T20:00:00Z", "framework": null }
        """;

    public const string DeclarationEnded = """
        {
          "number": 12, "framework": null, "level": 4, "reason": "Two wards closed for infection, no discharges before 18:00", "actor": "local",
          "declaredAt": "2026-11-22T12:04:10Z", "until": "2026-11-22T20:00:00Z", "status": "ended",
          "text": "none: the declared 4 was ended at 2026-11-22T16:30:00Z", "stoodUntil": "2026-11-22T16:30:00Z", "endedBy": "local", "endReason": "One ward open again"
        }
        """;

    public const string DeclarationEndBody = """{ "reason": "One ward open again" }""";

    public const string Declarations = $$"""
        {
          "organisation": { "code": "SIM", "name": "Wyvern Vale (simulated)", "kind": "system", "simulated": true },
          "asOf": "2026-11-22T13:00:00Z",
          "items": [ {{Declaration}} ],
          "next": null
        }
        """;

    private const string Heading = """
          "organisation": { "code": "SIM", "name": "Wyvern Vale (simulated)", "kind": "system", "simulated": true },
          "framework": "system-access", "from": "2026-11-22T00:00:00Z", "to": "2026-11-22T18:00:00Z", "asOf": "2026-11-22T18:00:00Z",
        """;

    public const string Drift = $$"""
        {
        {{Heading}}
          "declaredSeconds": 15600, "samePercent": 75, "abovePercent": 25, "belowPercent": 0, "notCalculatedPercent": 0,
          "agreementPercent": 75, "agreementWithinOnePercent": 100,
          "items": [
            {
              "start": "2026-11-22T12:10:00Z", "end": "2026-11-22T13:15:00Z", "declaredLevel": 4, "shownLevel": 3, "relation": "above",
              "declaration": 12, "actor": "local", "reason": "Two wards closed for infection, no discharges before 18:00"
            }
          ],
          "next": null
        }
        """;

    public const string Events = $$"""
        {
        {{Heading}}
          "items": [
            {
              "at": "2026-11-22T13:15:00Z", "track": "calculated", "kind": "rise", "from": 3, "to": 4, "alertsAs": 4, "lastedSeconds": 11700,
              "frameworkVersion": "1", "bounds": { "lowest": 3, "highest": 4, "certain": false, "unknownPercent": 6.25 },
              "comparedWith": "2026-11-22T13:00:00Z",
              "causes": [
                {
                  "indicator": "live-general-acute-occupancy", "name": "General and acute bed occupancy", "serviceDomain": "acute-beds", "kind": "moved",
                  "valueBefore": 0.948, "valueAfter": 0.953, "unit": "share", "pointsBefore": 1, "pointsAfter": 2, "maximumPoints": 3,
                  "bandBefore": "(0.92, 0.95]", "bandAfter": "(0.95, 0.98]", "absence": null
                },
                {
                  "indicator": "live-utc-longest-wait", "name": "Longest wait in urgent treatment", "serviceDomain": "utc", "kind": "became-missing",
                  "valueBefore": 130, "valueAfter": null, "unit": "minutes", "pointsBefore": 4, "pointsAfter": null, "maximumPoints": 6,
                  "bandBefore": "(120, 180]", "bandAfter": null, "absence": "source-down"
                }
              ],
              "declaration": null
            }
          ],
          "next": null
        }
        """;

    public const string Health = $$"""
        {
        {{Heading}}
          "rules": {
            "chatterStartsAt": 30, "chatterEndsAt": 20, "chatterProvenance": "quoted", "worstBandPercent": 90, "bestBandPercent": 98,
            "missingPercent": 50, "levelPercent": 90, "leastReadings": 20, "standingProvenance": "local-placeholder"
          },
          "items": [
            {
              "frameworkVersion": "1", "readings": 72, "seconds": 64800,
              "calculated": [ { "name": "1", "seconds": 0, "percent": 0 }, { "name": "not-calculated", "seconds": 3240, "percent": 5 } ],
              "shown": [ { "name": "4", "seconds": 64800, "percent": 100 } ],
              "heldPercent": 5, "uncertainPercent": 12.5,
              "calculatedChatter": { "flapScore": 18.4, "maximumFlapScore": 31.6, "chattering": false, "chatteringPercent": 4.2 },
              "shownChatter": { "flapScore": 0, "maximumFlapScore": 0, "chattering": false, "chatteringPercent": 0 },
              "indicators": [
                {
                  "indicator": "live-general-acute-occupancy", "name": "General and acute bed occupancy",
                  "bands": [ { "name": "(0.98, +inf)", "seconds": 60912, "percent": 94 }, { "name": "missing", "seconds": 0, "percent": 0 } ],
                  "worstBandPercent": 94, "bestBandPercent": 0, "missingPercent": 0
                }
              ],
              "findings": [
                {
                  "indicator": "live-general-acute-occupancy", "kind": "worst-band", "percent": 94,
                  "text": "General and acute bed occupancy was in its worst band on 94 % of 18 hours: it no longer discriminates."
                }
              ]
            }
          ],
          "next": null
        }
        """;

    public const string Headroom = $$"""
        {
          "organisation": { "code": "SIM", "name": "Wyvern Vale (simulated)", "kind": "system", "simulated": true },
          "at": "2026-11-22T12:07:00Z",
          "note": "{{HeadroomAnswer.Caution}}",
          "items": [
            {
              "organisation": "SIMB2", "name": "Harbour Community Hospital (simulated)", "simulated": true, "serviceDomain": "community-beds",
              "measure": "community-beds", "measureName": "Community beds", "status": "known", "free": 6, "capacity": 40, "used": 34, "unit": "beds",
              "periodEnd": "2026-11-22T12:00:00Z", "ageSeconds": 420, "absence": null, "reason": null, "sources": ["sim-community-beds"]
            },
            {
              "organisation": "SIMB4", "name": "Riverside Community Hospital (simulated)", "simulated": true, "serviceDomain": "community-beds",
              "measure": "community-beds", "measureName": "Community beds", "status": "stale", "free": null, "capacity": null, "used": null, "unit": "beds",
              "periodEnd": "2026-11-22T09:15:00Z", "ageSeconds": 10320, "absence": "source-down",
              "reason": "The newest figures are 2.9 hours old; at most 1 are taken.", "sources": ["sim-community-beds"]
            }
          ],
          "nowhere": [],
          "next": null
        }
        """;
}
