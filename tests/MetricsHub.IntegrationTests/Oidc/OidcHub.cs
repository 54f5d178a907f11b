using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace MetricsHub.IntegrationTests.Oidc;

/// <summary>A hub that takes the tokens of a real OpenID provider, both as processes of their own.</summary>
public sealed class OidcHub : IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private HubProcess hub = null!;

    internal OidcProvider Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OidcProvider.StartAsync(CancellationToken.None);
        hub = HubProcess.Launch(
            data.Path,
            "--Access:Mode", "keys",
            "--Access:UnrecognisedPerMinute", "10000",
            "--Access:Oidc:Authority", Provider.Issuer,
            "--Access:Oidc:Issuer", Provider.Issuer,
            "--Access:Oidc:Audience", "metricshub",
            "--Access:Oidc:Roles:MetricsHub.Reader:Scopes:0", "read",
            "--Access:Oidc:Roles:MetricsHub.Surrey:Scopes:0", "read",
            "--Access:Oidc:Roles:MetricsHub.Surrey:Organisations:0", "QXU",
            "--Access:Oidc:Roles:MetricsHub.Declarer:Scopes:0", "declare");
        await hub.WaitUntilItAnswersAsync(CancellationToken.None);
    }

    /// <summary>What the hub answers to whoever shows a token: the status, the reason where it refuses, and its challenge.</summary>
    internal async Task<(HttpStatusCode Status, string? Reason, string? Challenge)> AskAsync(string address, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await hub.Http.SendAsync(request, cancellationToken);
        var reason = answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("detail").GetString();
        return (answer.StatusCode, reason, answer.Headers.WwwAuthenticate.SingleOrDefault()?.Parameter);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await Provider.DisposeAsync();
        data.Dispose();
    }
}
