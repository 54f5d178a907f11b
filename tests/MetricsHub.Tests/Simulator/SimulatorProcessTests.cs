using System.Diagnostics;
using System.Net;
using MetricsHub.Simulator;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>The simulator as a process of its own, as a hub starts it.</summary>
public sealed class SimulatorProcessTests
{
    [Fact]
    public async Task Process_WhoseInputEnds_TellsItsAddressAndStops()
    {
        using var process = Start("--urls", "http://127.0.0.1:0", "--now", "2026-01-15T12:00:00Z", "--stop-with-stdin");
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("MetricsHub simulator answers at http://127.0.0.1:", line, StringComparison.Ordinal);
        using (var client = new HttpClient())
        {
            var health = await client.GetStringAsync(new Uri($"{line!.Split(' ')[^1]}/health"), TestContext.Current.CancellationToken);
            Assert.Contains("2026-01-15T12:00:00", health, StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "--urls", "http://127.0.0.1:0")]
    [InlineData(HttpStatusCode.OK, "--urls", "http://0.0.0.0:0", "--any-machine")]
    public async Task Process_AskedUnderAnotherName_AnswersOnlyWhereAnyMachineMay(HttpStatusCode expected, params string[] arguments)
    {
        using var process = Start([.. arguments, "--stop-with-stdin"]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{line!.Split(':')[^1]}/health")) { Headers = { Host = "simulator" } };

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("'--quick' is not understood.", "--quick")]
    [InlineData("--seed needs a value.", "--seed")]
    [InlineData("'http://10.0.0.1:80' is no http address of this machine", "--urls", "http://10.0.0.1:80")]
    [InlineData("'https://127.0.0.1:80' is no http address of this machine", "--urls", "https://127.0.0.1:80")]
    [InlineData("'http://simulator:80' is no http address of this machine", "--urls", "http://simulator:80", "--any-machine")]
    [InlineData("'tomorrow' is no instant", "--now", "tomorrow")]
    [InlineData("There is no fault 'tired'", "--fault", "wards=tired")]
    [InlineData("There is no feed 'warts'", "--fault", "warts=down")]
    public async Task Process_ToldWhatItDoesNotUnderstand_SaysWhatAndHow(string message, params string[] arguments)
    {
        using var process = Start(arguments);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains(CommandLine.Usage, error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MetricsHub.Simulator.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
