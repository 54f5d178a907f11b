namespace MetricsHub.Simulator;

/// <summary>A small server that plays the operational feeds of a fictional integrated care system.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Parse(arguments);
        }
        catch (CommandLineException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{CommandLine.Usage}");
            return 2;
        }

        TimeProvider clock = line.Now is { } now ? new StandingClock(now) : TimeProvider.System;
        await using var app = SimulatorServer.Build(line, clock);
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} --urls http://127.0.0.1:0 takes any address that is free.");
            return 1;
        }

        await Console.Out.WriteLineAsync($"MetricsHub simulator answers at {app.Urls.Single()}");
        if (line.StopWithStdin)
        {
            _ = StopWithStandardInputAsync(app);
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The end of the process that started this one closes its end of the pipe, however it came about.</summary>
    private static async Task StopWithStandardInputAsync(WebApplication app)
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
        app.Lifetime.StopApplication();
    }

    /// <summary>Says the same time for ever; what waits, waits by the real clock.</summary>
    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
