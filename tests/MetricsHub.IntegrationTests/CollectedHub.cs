using System.Text.Json;

namespace MetricsHub.IntegrationTests;

/// <summary>What a hub says of itself over its API, for tests that wait for it or compare it.</summary>
internal static class CollectedHub
{
    /// <summary>How many publications the bundled samples hold.</summary>
    public const int Samples = 39;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Waits until every bundled sample is stored.</summary>
    public static async Task WaitUntilCollectedAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while ((await StoredPublicationsAsync(hub, patience.Token)).Count < Samples)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The publications that the hub says are stored, with the instant at which it says it recorded them.</summary>
    public static async Task<Dictionary<string, string>> StoredPublicationsAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await hub.Http.GetStringAsync("/api/v1/publications?limit=1000", cancellationToken));
        return answer.RootElement.GetProperty("items").EnumerateArray()
            .Where(publication => publication.GetProperty("state").GetString() == "stored")
            .ToDictionary(publication => publication.GetProperty("id").GetString()!, publication => publication.GetProperty("recordedAt").GetString()!);
    }

    /// <summary>What became of every row and cell of every publication, by publication, less what tells when it happened.</summary>
    public static async Task<string[]> AccountsAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await hub.Http.GetStringAsync("/api/v1/publications?limit=1000", cancellationToken));
        return [.. answer.RootElement.GetProperty("items").EnumerateArray()
            .Select(publication => $"{publication.GetProperty("id")} {publication.GetProperty("state")} {publication.GetProperty("tally")} {publication.GetProperty("reconciliation")}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Every current statement as CSV, less its last column, which tells when the hub learnt it.</summary>
    public static async Task<string[]> StatementsAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        var csv = await hub.Http.GetStringAsync("/api/v1/observations.csv", cancellationToken);
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Xunit.Assert.EndsWith(",recordedAt", rows[0], StringComparison.Ordinal);
        return [.. rows.Select(row => row[..row.LastIndexOf(',')])];
    }
}
