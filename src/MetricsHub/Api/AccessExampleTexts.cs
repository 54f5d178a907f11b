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
              "status": "valid", "createdAt": "2026-01-05T09:00:00Z", "createdBy": "local", "expires": "2026-12-31T00:00:00Z",
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
              "detail": "level 4"
            }
          ],
          "next": null
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
