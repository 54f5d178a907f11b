using System.Globalization;
using System.Net;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>What people ask a hub for, each time a little differently, so that no answer is one that was kept.</summary>
internal static class Reads
{
    private static int turn;

    /// <summary>Reads of observations, ledger and levels are answered with 200.</summary>
    public static async Task AssertAnsweredAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        foreach (var (address, status) in await AskAsync(hub, cancellationToken))
        {
            Assert.True(status == HttpStatusCode.OK, $"{address}: {status}{Environment.NewLine}{hub.Output}");
        }
    }

    /// <summary>They are answered with 200, or with 503: with nothing that reads as an answer and is none.</summary>
    public static async Task AssertAnsweredOrPutOffAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        foreach (var (address, status) in await AskAsync(hub, cancellationToken))
        {
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{address}: {status}{Environment.NewLine}{hub.Output}");
        }
    }

    private static async Task<List<(string Address, HttpStatusCode Status)>> AskAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref turn);
        var instant = new DateTime(2025, 12, 1).AddMinutes(number).ToString("s", CultureInfo.InvariantCulture) + "Z";
        string[] addresses =
        [
            $"/api/v1/observations?metric=ed-type-1-attendances&organisation=RTP&limit={(number % 900) + 1}",
            $"/api/v1/observations?metric=ed-type-1-attendances&organisation=RTP&asOf={instant}",
            $"/api/v1/observations/latest?limit={(number % 900) + 1}",
            $"/api/v1/publications?limit={(number % 900) + 1}",
            "/api/v1/sources",
            $"/api/v1/organisations/QUY/escalation?at={instant}",
            "/health/ready",
        ];
        var answers = new List<(string, HttpStatusCode)>();
        foreach (var address in addresses)
        {
            using var answer = await hub.Http.GetAsync(address, cancellationToken);
            answers.Add((address, answer.StatusCode));
        }

        return answers;
    }

    /// <summary>A write that the hub could not do: 503, when to try again, and a problem in words.</summary>
    public static void AssertPutOff(HttpResponseMessage answer, HubProcess hub)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"It was answered with {answer.StatusCode}. The hub said:{Environment.NewLine}{hub.Output}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
