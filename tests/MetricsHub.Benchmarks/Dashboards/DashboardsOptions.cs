using System.Globalization;
using MetricsHub.Tests;

namespace MetricsHub.Benchmarks.Dashboards;

/// <param name="Folder">Where the dashboards are.</param>
/// <param name="Readers">How many have one of them open.</param>
/// <param name="Minutes">For how long they are refreshed every half minute.</param>
/// <param name="Days">How many days there are figures of, and how many each dashboard shows.</param>
internal sealed record DashboardsOptions(string Folder, int Readers, int Minutes, int Days)
{
    public static DashboardsOptions Parse(string[] arguments)
    {
        var given = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? throw new ArgumentException($"{pair[0]} needs a value."));
        if (given.Keys.Except(["--folder", "--readers", "--minutes", "--days"]).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"{unknown} is not known: --folder, --readers, --minutes and --days are.");
        }

        return new DashboardsOptions(given.GetValueOrDefault("--folder") ?? Path.Combine(Repository.Root, "grafana", "dashboards"), Number("--readers", 50), Number("--minutes", 5), Number("--days", 30));

        int Number(string name, int otherwise) =>
            given.GetValueOrDefault(name) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new ArgumentException($"{name} is a number above 0, not {text}.");
    }
}
