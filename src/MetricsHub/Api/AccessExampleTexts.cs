namespace MetricsHub.Api;

/// <summary>Examples of answers about access; the keys and people in them are made up.</summary>
internal static class AccessExampleTexts
{
    public const string KeyBody = """
        {
          "owner": "Dashboard of the operations centre", "scopes": ["read"], "organisations": ["QXU"], "sources": null, "expires": "2026-12-31T00:00:00Z"
        }
        """;

    public const string Keys = """
        {
          "items": [
            {
              "id": "0a1b2c3d", "owner": "Dashboard of the operations centre", "scopes": ["read"], "organisations": ["QXU"], "sources": null,
              "status": "valid", "expiresWithinDays": null, "createdAt": "2026-01-05T09:00:00Z", "createdBy": "local", "expires": "2026-12-31T00:00:00Z",
              "lastUsedAt": "2026-01-15T11:59:12Z", "revokedAt": null
            }
          ],
          "next": null
        }
        """;

    public const string Actions = """
        {
          "items": [
            {
              "number": 7, "at": "2026-01-15T11:40:00Z", "actor": "Director on call (key 4e5f6a7b)", "action": "declare", "object": "QXU/3",
              "detail": "level 4", "address": "10.20.30.40", "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
              "seal": "9f2c1b7e0d5a4836b1c0e4f7a2d95368741c0b9ae3f2d68574b1a09c8e7d6f53"
            }
          ],
          "next": null
        }
        """;

    public const string ActionChain = """
        {
          "isWhole": true, "sound": 7, "brokenAt": null,
          "newest": {
            "number": 7, "at": "2026-01-15T11:40:00Z", "actor": "Director on call (key 4e5f6a7b)", "action": "declare", "object": "QXU/3",
            "detail": "level 4", "address": "10.20.30.40", "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
            "seal": "9f2c1b7e0d5a4836b1c0e4f7a2d95368741c0b9ae3f2d68574b1a09c8e7d6f53"
          }
        }
        """;

    public const string Backups = """
        {
          "folder": "/srv/backups/metricshub", "everyMinutes": 15,
          "items": [
            { "name": "2026-01-15T114500.012Z", "instant": "2026-01-15T11:45:00.012Z", "ageSeconds": 899, "version": "0.1.0", "files": 412, "bytes": 61862912 }
          ],
          "next": null
        }
        """;
}
