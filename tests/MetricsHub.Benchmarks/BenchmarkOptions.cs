using System.Globalization;

namespace MetricsHub.Benchmarks;

/// <param name="Series">How many series report every quarter of an hour.</param>
internal sealed record BenchmarkOptions(int Series, int Days)
{
    public static BenchmarkOptions Parse(string[] arguments) => new(Number(arguments, "--series", 400, atLeast: 100), Number(arguments, "--days", 365, atLeast: 120));

    // Below that, a query would ask for more series or days than there are.
    private static int Number(string[] arguments, string name, int otherwise, int atLeast)
    {
        var number = Array.IndexOf(arguments, name) is var at && at >= 0 && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;
        return number >= atLeast ? number : throw new ArgumentException($"{name} is {atLeast} or more, not {number}.");
    }
}
