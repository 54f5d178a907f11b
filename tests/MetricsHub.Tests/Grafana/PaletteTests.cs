using System.Globalization;
using Xunit;

namespace MetricsHub.Tests.Grafana;

/// <summary>The colours of levels can be told apart by people who do not see red, green or blue; and colour is never alone.</summary>
public sealed class PaletteTests
{
    /// <summary>Two colours this far apart in CIELAB are told apart at a glance.</summary>
    private const double LeastDistance = 15;

    /// <summary>What is seen of linear red, green and blue without one kind of cone (Machado, Oliveira and Fernandes, 2009).</summary>
    public static TheoryData<string, double[]> Eyes => new()
    {
        { "all cones", [1, 0, 0, 0, 1, 0, 0, 0, 1] },
        { "no red", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998] },
        { "no green", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881] },
        { "no blue", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900] },
    };

    [Theory]
    [MemberData(nameof(Eyes))]
    public void Colours_OfTheDashboards_CanBeToldApart(string eyes, double[] sight)
    {
        var colours = GrafanaFiles.Read().Dashboards
            .SelectMany(entry => entry.Dashboard.With("color")).Select(result => result.Text("color"))
            .Where(colour => colour.StartsWith('#')).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Equal(6, colours.Count);
        foreach (var (one, other) in colours.SelectMany((one, index) => colours.Skip(index + 1).Select(other => (one, other))))
        {
            var distance = Distance(Seen(one, sight), Seen(other, sight));
            Assert.True(distance >= LeastDistance, $"With {eyes} {one} and {other} are only {distance:0} apart.");
        }
    }

    private static double[] Seen(string colour, double[] sight)
    {
        double[] linear = [.. new[] { 1, 3, 5 }.Select(start => Linear(int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
        return Lab([.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => sight[(3 * row) + column] * linear[column]), 0, 1))]);
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double[] Lab(double[] rgb)
    {
        var x = Root(((0.4124564 * rgb[0]) + (0.3575761 * rgb[1]) + (0.1804375 * rgb[2])) / 0.95047);
        var y = Root((0.2126729 * rgb[0]) + (0.7151522 * rgb[1]) + (0.0721750 * rgb[2]));
        var z = Root(((0.0193339 * rgb[0]) + (0.1191920 * rgb[1]) + (0.9503041 * rgb[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Root(double value) => value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116);

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
