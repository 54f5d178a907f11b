using System.Globalization;
using System.Net;
using MetricsHub.Simulator.Faults;

namespace MetricsHub.Simulator;

/// <summary>What the simulator was told at its start.</summary>
/// <param name="Listen">On this machine only, unless <paramref name="AnyMachine"/>; port 0 takes any that is free.</param>
/// <param name="Seed">Another seed is another history.</param>
/// <param name="Now">A clock that stands still at this instant; null for the real one.</param>
/// <param name="Faults">In force from the start until they are lifted.</param>
/// <param name="StopWithStdin">Whether it ends when its standard input does: with the process that started it.</param>
/// <param name="AnyMachine">Whether other machines are answered too. Whoever reaches it can break its feeds: only for a network of containers.</param>
internal sealed record CommandLine(
    IPEndPoint Listen, ulong Seed, DateTimeOffset? Now, IReadOnlyList<(string Feed, FaultKind Kind)> Faults, bool StopWithStdin, bool AnyMachine)
{
    public const string Usage =
        "usage: MetricsHub.Simulator [--urls http://127.0.0.1:5090] [--seed 1] [--now 2026-01-15T12:00:00Z] "
        + "[--fault feed=kind]... [--stop-with-stdin] [--any-machine]";

    /// <exception cref="CommandLineException">Something in it is not understood; the message says what.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine(new IPEndPoint(IPAddress.Loopback, 5090), 1, null, [], false, false);
        for (var index = 0; index < arguments.Count; index++)
        {
            line = arguments[index] switch
            {
                "--stop-with-stdin" => line with { StopWithStdin = true },
                "--any-machine" => line with { AnyMachine = true },
                "--urls" => line with { Listen = Address(Next()) },
                "--seed" => line with { Seed = SeedOf(Next()) },
                "--now" => line with { Now = Instant(Next()) },
                "--fault" => line with { Faults = [.. line.Faults, FaultOf(Next())] },
                var other => throw new CommandLineException($"'{other}' is not understood."),
            };

            string Next() => ++index < arguments.Count ? arguments[index] : throw new CommandLineException($"{arguments[index - 1]} needs a value.");
        }

        return line.AnyMachine || IPAddress.IsLoopback(line.Listen.Address)
            ? line
            : throw new CommandLineException($"'http://{line.Listen}' is no http address of this machine, and without --any-machine the simulator answers this machine only.");
    }

    private static IPEndPoint Address(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
        {
            if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            {
                return new IPEndPoint(ip, address.Port);
            }

            if (address.IsLoopback)
            {
                return new IPEndPoint(IPAddress.Loopback, address.Port);
            }
        }

        throw new CommandLineException($"'{text}' is no http address of this machine.");
    }

    private static ulong SeedOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new CommandLineException($"'{text}' is no seed: a whole number.");

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new CommandLineException($"'{text}' is no instant such as 2026-01-15T12:00:00Z.");

    private static (string Feed, FaultKind Kind) FaultOf(string text)
    {
        var parts = text.Split('=', 2);
        return FaultEndpoints.Refusal(parts[0], parts.ElementAtOrDefault(1)) is { } refusal
            ? throw new CommandLineException(refusal)
            : (parts[0], FaultKinds.ByWord[parts[1]]);
    }
}

/// <summary>A command line that is not understood.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
