using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>A key that is revoked by a process of its own, on the ledger that a hub shares with it.</summary>
public sealed partial class RevokedKeyTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_RevokedByAnotherProcess_IsWorthNothingWithinFiveSecondsAndByThisOneAtOnce()
    {
        var settings = await postgres.NewSchemaAsync();
        using var data = new TemporaryFolder();
        var (admin, there, here) = (await CreateAsync("admin"), await CreateAsync("read"), await CreateAsync("read"));
        await using var hub = HubProcess.Launch(data.Path, [.. Settings(settings), "--Access:Mode", "keys", "--Access:RequestsPerMinute", "100000"]);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [(await AskAsync(hub, there)).Status, (await AskAsync(hub, here)).Status]);

        var revoking = RunAsync(data, "revoke", "--id", there.Split('_')[1], settings);
        var (lastTaken, firstRefused) = await AskUntilRefusedAsync(hub, there, revoking);
        using var database = PostgresFixture.Open(settings);
        var end = (await new SqlLedger(new PostgresLedgerDatabase(database)).ListKeysAsync(Cancellation)).Single(key => there.Contains(key.Id, StringComparison.Ordinal)).RevokedAt!.Value;
        TestContext.Current.TestOutputHelper?.WriteLine($"Revoked by another process: last taken {(lastTaken - end).TotalSeconds:0.00} s, refused {(firstRefused - end).TotalSeconds:0.00} s after its end.");

        using var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/keys/{here.Split('_')[1]}") { Headers = { { "X-Api-Key", admin } } };
        using var revoked = await hub.Http.SendAsync(revoke, Cancellation);
        var since = Stopwatch.StartNew();
        var (status, reason) = await AskAsync(hub, here);
        TestContext.Current.TestOutputHelper?.WriteLine($"Revoked by the process that is asked: 401 after {since.Elapsed.TotalMilliseconds:0} ms.");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, "The key was revoked."), (revoked.StatusCode, status, reason));

        async Task<string> CreateAsync(string scope) =>
            KeyText().Match(await RunAsync(data, "create", "--owner", $"A test of {scope}", settings, "--scopes", scope, "--expires", "1")).Value;
    }

    /// <summary>No request that is sent five seconds or more after the end is taken, however late its answer comes.</summary>
    /// <returns>When the last request was sent that was taken, and when the first was refused.</returns>
    private static async Task<(DateTimeOffset LastTaken, DateTimeOffset FirstRefused)> AskUntilRefusedAsync(HubProcess hub, string key, Task revoking)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        var (lastTaken, done) = (DateTimeOffset.MinValue, (DateTimeOffset?)null);
        while (true)
        {
            var sent = TimeProvider.System.GetUtcNow();
            done ??= revoking.IsCompleted ? sent : null;
            var (status, reason) = await AskAsync(hub, key);
            if (status == HttpStatusCode.Unauthorized)
            {
                Assert.Equal("The key was revoked.", reason);
                var refused = TimeProvider.System.GetUtcNow();
                await revoking;
                return (lastTaken, refused);
            }

            lastTaken = sent;
            Assert.True(done is null || sent < done + Promised, $"The key was still worth something {sent - done} after the command had ended.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<(HttpStatusCode Status, string? Reason)> AskAsync(HubProcess hub, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/metrics") { Headers = { { "X-Api-Key", key } } };
        using var answer = await hub.Http.SendAsync(request, Cancellation);
        var reason = answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancellation)).GetProperty("detail").GetString();
        return (answer.StatusCode, reason);
    }

    /// <summary>The command, in a process of its own.</summary>
    private static async Task<string> RunAsync(TemporaryFolder data, string command, string option, string value, PostgresSettings settings, params string[] more)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "keys", command, option, value, .. more, .. Settings(settings), "--Storage:DataFolder", data.Path];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = data.Path })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private static string[] Settings(PostgresSettings settings) =>
        ["--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema];

    [GeneratedRegex("mh_[0-9a-f]{8}_[0-9a-f]{64}_[0-9a-f]{8}")]
    private static partial Regex KeyText();
}
