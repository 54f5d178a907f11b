using System.Diagnostics;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>Two processes on one data folder: the second one ends in words, and the first does not notice.</summary>
public sealed class SecondProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondHub_OnTheDataOfOneThatWorks_EndsInWordsAndHarmsNothing()
    {
        using var data = new TemporaryFolder();
        await using var first = HubProcess.Launch(data.Path);
        await first.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(first, Cancellation);
        var before = await CollectedHub.StatementsAsync(first, Cancellation);

        var started = Stopwatch.StartNew();
        await using var second = HubProcess.Launch(data.Path);
        var exitCode = await second.WaitForExitAsync(Cancellation);
        started.Stop();

        Assert.Equal(1, exitCode);
        Assert.Contains($"in use by process {first.Id}; one hub per data folder.", second.Output, StringComparison.Ordinal);
        Assert.Equal(before, await CollectedHub.StatementsAsync(first, Cancellation));
        await first.KillAsync(Cancellation);
        await using var successor = HubProcess.Launch(data.Path);
        await successor.WaitUntilItAnswersAsync(Cancellation);
        Assert.Equal(before, await CollectedHub.StatementsAsync(successor, Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine($"The second process ended {started.Elapsed.TotalSeconds:0.0} s after it was started, with {exitCode}.");
    }
}
