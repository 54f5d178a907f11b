using System.Globalization;

namespace MetricsHub.Benchmarks;

/// <param name="Series">How many series report every quarter of an hour.</param>
internal sealed record BenchmarkOptions(int Series, int Days)
{
    public static BenchmarkOptions Parse(string[] arguments) => new(Number(arguments, "--series", 400), Number(arguments, "--days", 365));

    private static int Number(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is var at && at >= 0 && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;
}
