using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MetricsHub.IntegrationTests;

/// <summary>The simulator that a hub starts beside it.</summary>
public sealed class SimulatorTests : IDisposable
{
    /// <summary>Every service domain, as <c>catalogue/service-domains.yaml</c> lists them.</summary>
    private const int ServiceDomains = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Start_WithSimulator_HasSimulatedFiguresInEveryServiceDomainAndLeavesNoSimulatorBehindWhenKilled()
    {
        await using var hub = HubProcess.Launch(data.Path, "--Simulator:Start", "true");
        await hub.WaitUntilItAnswersAsync(Cancellation);

        var covered = await UntilAsync(async () =>
        {
            var coverage = await AskAsync(hub, "/api/v1/coverage?simulated=true");
            var domains = coverage.GetProperty("months").EnumerateArray().Last().GetProperty("domains").EnumerateArray();
            return domains.Count(domain => domain.GetProperty("covered").GetInt32() == 1);
        }, count => count == ServiceDomains);
        var figures = (await AskAsync(hub, "/api/v1/observations/latest?organisation=SIMU1")).GetProperty("items").EnumerateArray().ToList();
        var simulators = Simulators(hub.Id);

        Assert.Equal(ServiceDomains, covered);
        Assert.NotEmpty(figures);
        Assert.All(figures, figure => Assert.True(figure.GetProperty("simulated").GetBoolean()));
        Assert.Single(simulators);
        await hub.KillAsync(Cancellation);
        Assert.True(await UntilAsync(() => Task.FromResult(simulators.TrueForAll(id => !Directory.Exists($"/proc/{id}"))), gone => gone));
    }

    private static async Task<JsonElement> AskAsync(HubProcess hub, string address) =>
        JsonElement.Parse(await hub.Http.GetStringAsync(address, Cancellation));

    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> satisfied)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (true)
        {
            var answer = await ask();
            if (satisfied(answer))
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The processes that a process has started and that are simulators.</summary>
    private static List<int> Simulators(int parent) =>
    [
        .. Process.GetProcesses()
            .Where(process => process.ProcessName.StartsWith("MetricsHub.Simu", StringComparison.Ordinal))
            .Select(process => process.Id)
            .Where(id => ParentOf(id) == parent),
    ];

    private static int ParentOf(int process) =>
        int.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], System.Globalization.CultureInfo.InvariantCulture);
}
