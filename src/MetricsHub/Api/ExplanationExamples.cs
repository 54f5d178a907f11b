namespace MetricsHub.Api;

internal static class ExplanationExamples
{
    public const string Explanation = """
        {
          "organisation": { "code": "QXU", "name": "NHS Surrey Heartlands Integrated Care Board", "kind": "system", "simulated": false },
          "at": "2024-06-30T23:00:00Z",
          "asOf": "2026-01-15T12:00:00Z",
          "engineVersion": "1",
          "explanations": [
            {
              "framework": { "key": "access-published-monthly", "version": "2", "name": "Access, from published monthly figures", "national": false },
              "rulesHash": "6f1ed002ab5595859014ebf0951522d9e1f5b4d6a2b4c3d0d3c6c1a6c6a2b0f1",
              "inputsHash": "9a0364b9e99bb480dd25e1f0284c8555d2f3f0ab2f9a5f7a1e0c4d4e3b2a1908",
              "hash": "0b4e7a0e5fe84ad35fb5f95b9ceeac79f1a2b3c4d5e6f708192a3b4c5d6e7f80",
              "slotStart": "2024-05-31T23:00:00Z",
              "slotEnd": "2024-06-30T23:00:00Z",
              "shown": {
                "shown": { "level": 3, "status": "known", "text": "3", "since": "2024-06-30T23:00:00Z", "slotsWithoutLevel": 0, "fallsTo": null, "slotsToFall": null },
                "because": "the calculated level is 3: it rises at once",
                "slots": [{ "at": "2024-06-30T23:00:00Z", "level": 3, "lowestLevel": 2, "highestLevel": 3, "shownLevel": 3, "shownStatus": "known" }],
                "omitted": 0
              },
              "calculated": {
                "status": "calculated", "level": 3, "points": 5, "availablePoints": 9, "applicablePoints": 12,
                "words": "(2 + 2 + 1) × 100 / 9 = 5 × 100 / 9 = 55.555556; in [50, 75): level 3",
                "cut": { "level": 3, "range": "[50, 75)", "provenance": "local-placeholder", "source": "Quarters of the available points; made up." }
              },
              "inputs": [
                {
                  "indicator": "virtual-ward-occupancy", "state": "present",
                  "formulas": ["(virtual-ward-patients) / (virtual-ward-capacity)"], "words": "85 / 100 = 0.85", "points": 1, "maximumPoints": 3,
                  "organisations": [
                    {
                      "organisation": "QXU", "status": "contributes", "numerator": 85, "denominator": 100,
                      "observations": [
                        {
                          "role": "contributes", "metric": "virtual-ward-patients", "periodStart": "2024-05-31T23:00:00Z", "periodEnd": "2024-06-30T23:00:00Z",
                          "value": 85, "absence": null, "publication": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
                          "fileName": "VW202406.xlsx", "source": "nhs-england-virtual-ward", "row": 31, "recordedAt": "2026-01-15T09:30:05Z"
                        }
                      ]
                    }
                  ]
                }
              ]
            }
          ]
        }
        """;

    public const string Comparison = """
        {
          "organisation": { "code": "QXU", "name": "NHS Surrey Heartlands Integrated Care Board", "kind": "system", "simulated": false },
          "at": "2024-06-30T23:00:00Z",
          "asOf": "2026-01-15T12:00:00Z",
          "and": "2026-01-16T12:00:00Z",
          "engineVersion": "1",
          "items": [
            {
              "framework": "access-published-monthly",
              "changed": "data",
              "dataChanged": true,
              "rulesChanged": false,
              "moved": [
                {
                  "indicator": "virtual-ward-occupancy",
                  "before": { "indicator": "virtual-ward-occupancy", "state": "present", "value": 0.85, "unit": "share", "points": 1, "maximumPoints": 3 },
                  "after": { "indicator": "virtual-ward-occupancy", "state": "present", "value": 0.95, "unit": "share", "points": 2, "maximumPoints": 3 }
                }
              ],
              "observations": [
                {
                  "change": "revised", "metric": "virtual-ward-patients", "organisation": "QXU",
                  "periodStart": "2024-05-31T23:00:00Z", "periodEnd": "2024-06-30T23:00:00Z",
                  "before": { "value": 85, "absence": null, "row": 31 }, "after": { "value": 95, "absence": null, "row": 31 }
                }
              ],
              "ruleDifferences": []
            }
          ]
        }
        """;

    public const string WhatIfQuestion = """
        {
          "at": "2024-06-30",
          "framework": "access-published-monthly",
          "inputs": [
            { "indicator": "utc-4-hour-performance", "value": 0.5 },
            { "metric": "dta-wait-over-12h", "organisation": "RA2", "value": 11 }
          ]
        }
        """;

    public const string WhatIf = """
        {
          "organisation": { "code": "QXU", "name": "NHS Surrey Heartlands Integrated Care Board", "kind": "system", "simulated": false },
          "at": "2024-06-30T23:00:00Z",
          "asOf": "2026-01-15T12:00:00Z",
          "items": [
            {
              "before": { "status": "calculated", "level": 3, "points": 5, "availablePoints": 9, "applicablePoints": 12, "score": 55.55555555555556 },
              "after": { "status": "calculated", "level": 4, "points": 9, "availablePoints": 12, "applicablePoints": 12, "score": 75 },
              "sameRules": true,
              "moved": [
                {
                  "indicator": "utc-4-hour-performance",
                  "before": { "indicator": "utc-4-hour-performance", "state": "missing", "value": null, "unit": "share", "points": null, "maximumPoints": 3 },
                  "after": { "indicator": "utc-4-hour-performance", "state": "present", "value": 0.5, "unit": "share", "points": 3, "maximumPoints": 3 }
                }
              ]
            }
          ]
        }
        """;
}
