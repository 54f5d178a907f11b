using System.Globalization;

namespace MetricsHub.Moving;

/// <summary>
/// <c>MetricsHub move</c>: everything that an installation holds, to other stores and back. The installation is named as to the hub, where it is
/// to go by the same settings with <c>to:</c> before them.
/// </summary>
internal static class MoveCommand
{
    public const string Name = "move";

    /// <summary>Beside which settings of the target stand.</summary>
    private const string Target = "to";

    private const string Usage =
        """
        MetricsHub move [settings of the hub] --to:<setting> <value> …
        To InfluxDB and PostgreSQL: MetricsHub move --Storage:DataFolder data
            --to:Storage:Observations influx --to:Influx:Address http://… --to:Influx:Database metricshub
            --to:Storage:Ledger postgres --to:Postgres:ConnectionStringFile <file> --to:Storage:DataFolder <folder>
        And back: the same with --to: on the others. No hub may run on either side, and the other side has to be empty.
        """;

    /// <returns>0 where both sides are shown to hold the same, 1 where they differ.</returns>
    /// <exception cref="StartException">It was not begun; says why.</exception>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken = default)
    {
        var configuration = CommandSettings.Read(arguments);
        var target = configuration.GetSection(Target);
        if (!target.GetChildren().Any())
        {
            throw new StartException(Usage);
        }

        await using var from = await Installation.OpenAsync(configuration, cancellationToken);
        await using var to = await Installation.OpenAsync(target, cancellationToken);
        await output.WriteLineAsync($"From {from}\nto   {to}");
        await new Mover(from, to, output).MoveAsync(cancellationToken);
        return await ProveAsync(from, to, output) ? 0 : 1;
    }

    private static async Task<bool> ProveAsync(Installation from, Installation to, TextWriter output)
    {
        var differences = new List<string>();
        await output.WriteLineAsync($"{"",-34}{"entries",12}  SHA-256");
        await foreach (var part in Likeness.OfAll(from, to))
        {
            var verdict = part.FirstDifference is null ? "equal" : $"DIFFERENT: {part.There}";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{part.Part,-34}{part.Entries,12}  {part.Here} {verdict}"));
            if (part.FirstDifference is { } place)
            {
                differences.Add($"{part.Part} differs first at {place}.");
            }
        }

        await output.WriteLineAsync(differences.Count == 0
            ? "Both sides hold the same. Start the hub on the new side; on the old one it would go another way from here on."
            : string.Join(Environment.NewLine, [.. differences, "Do not start a hub on the new side."]));
        return differences.Count == 0;
    }
}
