namespace MetricsHub.Api;

internal static class ExampleTexts
{
    public const string Problem = """
        {
          "type": "/problems/invalid-parameter",
          "title": "Invalid parameter",
          "status": 400,
          "detail": "One or more parameters are wrong; see errors.",
          "instance": "/api/v1/organisations",
          "errors": { "date": ["Expected a date (2026-03-31)."] },
          "traceId": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
        }
        """;

    public const string Organisations = """
        {
          "date": "2025-03-31",
          "items": [
            {
              "code": "RTP",
              "name": "Surrey and Sussex Healthcare NHS Trust",
              "kind": "provider",
              "validFrom": null,
              "validTo": null,
              "onsCode": null,
              "parent": {
                "code": "QXU", "validFrom": null, "validTo": "2026-04-01", "basis": "quoted", "reason": null,
                "source": "System Mapping, published with the A&E statistics"
              },
              "source": "A&E attendances and emergency admissions",
              "simulated": false
            }
          ],
          "next": null
        }
        """;

    public const string Sources = """
        {
          "items": [
            {
              "key": "nhs-england-ae-monthly",
              "name": "A&E attendances and emergency admissions, monthly",
              "publisher": "NHS England",
              "licence": "Open Government Licence v3.0",
              "landingPage": "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/",
              "simulated": false,
              "formatProven": true,
              "note": null,
              "schedule": "30 9-17 * * 1-5",
              "timeZone": "Europe/London",
              "calendar": "every-day",
              "dueDaysAfterPeriodEnd": 21,
              "dueMinutesAfterPeriodEnd": null,
              "metrics": ["ed-type-1-attendances"],
              "status": "fresh",
              "newestPeriodEnd": "2026-01-01T00:00:00Z",
              "nextDueAt": "2026-02-22T00:00:00Z",
              "ageSeconds": 1252800,
              "waiting": 0,
              "at": "2026-01-15T12:00:00Z",
              "lastRun": {
                "startedAt": "2026-01-15T09:30:00Z", "finishedAt": "2026-01-15T09:30:04Z", "outcome": "succeeded",
                "offered": 17, "stored": 1, "refused": 0, "message": null
              },
              "lastSuccess": {
                "startedAt": "2026-01-15T09:30:00Z", "finishedAt": "2026-01-15T09:30:04Z", "outcome": "succeeded",
                "offered": 17, "stored": 1, "refused": 0, "message": null
              }
            }
          ],
          "next": null
        }
        """;

    public const string Observations = """
        {
          "asOf": "2026-01-15T12:00:00Z",
          "breaks": [
            { "from": "2024-04-01", "note": "Made up: counted in another way.", "source": "Made up.", "metrics": ["virtual-ward-patients"] }
          ],
          "items": [
            {
              "metric": "ed-type-1-attendances", "organisation": "RTP",
              "periodStart": "2025-03-01T00:00:00Z", "periodEnd": "2025-03-31T23:00:00Z",
              "value": 9412, "absence": null, "unit": "attendances", "breakNote": null, "methodSince": null,
              "publication": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", "row": 57,
              "recordedAt": "2026-01-15T09:30:03Z",
              "shared": false,
              "simulated": false
            },
            {
              "metric": "virtual-ward-patients", "organisation": "QXU",
              "periodStart": "2025-03-01T00:00:00Z", "periodEnd": "2025-03-31T23:00:00Z",
              "value": null, "absence": "suppressed", "unit": "patients", "breakNote": null, "methodSince": "2024-04-01",
              "publication": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab", "row": 31,
              "recordedAt": "2026-01-15T09:30:05Z",
              "shared": false,
              "simulated": false
            }
          ],
          "next": null
        }
        """;

    public const string Latest = """
        {
          "asOf": "2026-01-15T12:00:00Z",
          "breaks": [],
          "items": [
            {
              "metric": "ed-type-1-attendances", "organisation": "RTP",
              "periodStart": "2025-11-01T00:00:00Z", "periodEnd": "2025-12-01T00:00:00Z",
              "value": 9412, "absence": null, "unit": "attendances", "breakNote": null, "methodSince": "2025-11-01",
              "publication": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", "row": 57,
              "recordedAt": "2025-12-11T09:30:03Z", "shared": false,
              "ageSeconds": 3931200, "stale": false, "missing": null
            },
            {
              "metric": "virtual-ward-patients", "organisation": "QUY",
              "periodStart": "2025-09-30T23:00:00Z", "periodEnd": "2025-11-01T00:00:00Z",
              "value": 80, "absence": null, "unit": "patients", "breakNote": null, "methodSince": "2024-04-01",
              "publication": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab", "row": 31,
              "recordedAt": "2025-11-20T09:30:05Z", "shared": false,
              "ageSeconds": 6523200, "stale": true,
              "missing": { "periodStart": "2025-11-01T00:00:00Z", "periodEnd": "2025-12-01T00:00:00Z", "absence": "source-down" }
            }
          ],
          "next": null
        }
        """;

    public const string Evaluation = """
        {
          "items": [
            {
              "framework": { "key": "system-access", "version": "1", "name": "System access", "national": false, "shadow": false },
              "state": "up-to-date", "evaluatedTo": "2026-01-15T12:00:00Z", "newestSlotEnd": "2026-01-15T12:00:00Z",
              "finishedAt": "2026-01-15T12:00:21Z", "dueSeries": 0, "dueFrom": null, "failure": null
            }
          ],
          "next": null
        }
        """;

    public const string Differences = """
        {
          "framework": { "key": "system-access", "version": "2-candidate", "name": "System access", "national": false, "shadow": true },
          "against": [ { "key": "system-access", "version": "1", "name": "System access", "national": false, "shadow": false } ],
          "from": "2026-01-01", "to": "2026-01-14",
          "organisations": [
            {
              "organisation": { "code": "SIM", "name": "Wyvern Vale", "kind": "system", "simulated": true },
              "days": 14, "calculatedDiffers": 1, "shownDiffers": 1, "unknownDays": 1,
              "listed": [
                { "day": "2026-01-05", "calculated": "differs", "shown": "differs", "level": 3, "againstLevel": 2, "shownLevel": 3, "againstShownLevel": 2 },
                { "day": "2026-01-09", "calculated": "unknown", "shown": "unknown", "level": null, "againstLevel": 2, "shownLevel": 3, "againstShownLevel": 2 }
              ]
            }
          ]
        }
        """;

    public const string EscalationHistory = """
        {
          "organisation": { "code": "QXU", "name": "NHS Surrey Heartlands Integrated Care Board", "kind": "system", "simulated": false },
          "framework": "access-published-monthly",
          "asOf": "2026-01-15T12:00:00Z",
          "items": [
            {
              "at": "2024-06-30T23:00:00Z", "frameworkVersion": "1", "break": false, "status": "calculated", "level": 3,
              "lowestLevel": 3, "highestLevel": 3, "shownLevel": 3, "shownStatus": "known", "reason": null,
              "score": 6, "availablePoints": 12, "applicablePoints": 12, "observablePercent": 100,
              "readings": 1, "highestCalculatedLevel": 3, "highestShownLevel": 3, "uncertainPercent": 0,
              "link": "/api/v1/organisations/QXU/escalation?at=2024-06-30T23%3A00%3A00Z"
            }
          ],
          "next": null
        }
        """;

    public const string Escalation = """
        {
          "organisation": { "code": "QXU", "name": "NHS Surrey Heartlands Integrated Care Board", "kind": "system", "simulated": false },
          "at": "2024-06-30T23:00:00Z",
          "asOf": "2026-01-15T12:00:00Z",
          "readings": [
            {
              "framework": { "key": "access-published-monthly", "version": "1", "name": "Access, from published monthly figures" },
              "slotStart": "2024-05-31T23:00:00Z",
              "slotEnd": "2024-06-30T23:00:00Z",
              "status": "calculated",
              "level": 3,
              "reason": null,
              "score": 6,
              "availablePoints": 9,
              "applicablePoints": 12,
              "scorePercent": 66.66666666666667,
              "observablePercent": 75,
              "contributions": [
                {
                  "indicator": "virtual-ward-occupancy", "name": "Virtual ward occupancy", "serviceDomain": "virtual-ward",
                  "value": 0.84, "unit": "share", "numerator": 210, "denominator": 250, "points": 1, "maximumPoints": 3,
                  "band": { "range": "(0.8, 0.9]", "points": 1, "provenance": "local-placeholder", "source": "Made up." },
                  "periodStart": "2024-05-31T23:00:00Z", "periodEnd": "2024-06-30T23:00:00Z", "ageSeconds": 0,
                  "sources": ["nhs-england-virtual-ward"],
                  "contributors": [
                    {
                      "organisation": "QXU", "name": "NHS Surrey Heartlands Integrated Care Board", "numerator": 210, "denominator": 250,
                      "rows": [
                        {
                          "publication": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab", "row": 31,
                          "recordedAt": "2026-01-15T09:30:05Z",
                          "figures": [
                            { "metric": "virtual-ward-patients", "value": 210 }, { "metric": "virtual-ward-capacity", "value": 250 }
                          ]
                        }
                      ]
                    }
                  ],
                  "coveragePercent": 100, "silent": [], "incomplete": [], "breaks": []
                }
              ],
              "missing": [
                {
                  "indicator": "utc-4-hour-performance", "name": "UTC, walk-in and minor injury 4-hour performance (type 3)",
                  "serviceDomain": "utc", "absence": "late", "maximumPoints": 3,
                  "lastPeriodStart": "2024-04-30T23:00:00Z", "lastPeriodEnd": "2024-05-31T23:00:00Z", "ageSeconds": 2592000,
                  "coveragePercent": 0, "silent": ["RDU"], "incomplete": []
                }
              ],
              "notApplicable": [],
              "levels": [{ "level": 3, "percent": "[50, 75)", "provenance": "local-placeholder", "source": "Quarters of the available points; made up." }],
              "missingData": {
                "minimumIndicators": 2, "minimumServiceDomains": 2, "minimumObservablePercent": 50, "minimumCoveragePercent": 80,
                "provenance": "local-placeholder", "source": "Half of the points is made up."
              },
              "latestCalculated": { "at": "2024-06-30T23:00:00Z", "level": 3, "link": "/api/v1/organisations/QXU/escalation?at=2024-06-30T23%3A00%3A00Z" }
            }
          ],
          "withoutParent": { "date": "2024-06-30", "count": 1, "organisations": ["RP6"] }
        }
        """;
}
