namespace MetricsHub.Api;

internal static class RollUpExample
{
    public const string Text = """
        {
          "organisation": { "code": "QUY", "name": "NHS Bristol, North Somerset and South Gloucestershire Integrated Care Board", "kind": "system", "simulated": false },
          "at": "2026-01-15T12:00:00Z",
          "asOf": "2026-01-15T12:00:00Z",
          "rollUps": [
            {
              "framework": { "key": "opel-acute-2024-26", "version": "1", "name": "OPEL 2024 to 2026, acute", "national": true },
              "slotStart": "2026-01-15T11:45:00Z",
              "slotEnd": "2026-01-15T12:00:00Z",
              "rule": { "from": "provider", "minimumCoveragePercent": 75, "provenance": "local-placeholder", "source": "Three quarters of the weight are made up." },
              "steps": [
                {
                  "organisation": "QUY", "name": "NHS Bristol, North Somerset and South Gloucestershire Integrated Care Board", "kind": "system",
                  "parent": null, "weight": null, "made": "roll-up",
                  "score": null, "level": null, "lowestLevel": 2, "highestLevel": 3, "bestScore": 36.435, "worstScore": 67.035, "coveragePercent": 69.4,
                  "reason": "Only 69.4 % of the weight has a score; at least 75 % are required.",
                  "missing": ["RVJ"], "unweighed": ["NLX"], "link": null
                },
                {
                  "organisation": "RA7", "name": "University Hospitals Bristol and Weston NHS Foundation Trust", "kind": "provider",
                  "parent": "QUY",
                  "weight": {
                    "value": 0.694, "percent": 69.4, "basis": "unknown; they resemble shares of A&E attendances", "validFrom": "2022-11-01", "validTo": null,
                    "provenance": "derived", "source": "Bristol Royal Infirmary 0.516 and Weston 0.178, which are sites of this trust"
                  },
                  "made": "reading",
                  "score": 52.5, "level": 3, "lowestLevel": 3, "highestLevel": 3, "bestScore": 52.5, "worstScore": 52.5, "coveragePercent": 100,
                  "reason": null, "missing": [], "unweighed": [], "link": "/api/v1/organisations/RA7/escalation?at=2026-01-15T12%3A00%3A00Z"
                },
                {
                  "organisation": "RVJ", "name": "North Bristol NHS Trust", "kind": "provider",
                  "parent": "QUY",
                  "weight": {
                    "value": 0.306, "percent": 30.6, "basis": "unknown; they resemble shares of A&E attendances", "validFrom": "2022-11-01", "validTo": null,
                    "provenance": "quoted", "source": "North Bristol 0.306"
                  },
                  "made": "reading",
                  "score": null, "level": null, "lowestLevel": 1, "highestLevel": 4, "bestScore": 0, "worstScore": 100, "coveragePercent": 0,
                  "reason": "It would rest on no indicator; at least 3 are required.",
                  "missing": [], "unweighed": [], "link": "/api/v1/organisations/RVJ/escalation?at=2026-01-15T12%3A00%3A00Z"
                }
              ]
            }
          ]
        }
        """;
}
