using CsCheck;
using MetricsHub.Simulator.Playing;
using Xunit;

namespace MetricsHub.Tests.Simulator;

public sealed class NoiseTests
{
    [Fact]
    public void Uniform_AnySeedAndIndex_LiesBelowOneAndIsAlwaysTheSame() =>
        Gen.Select(Gen.ULong, Gen.Long, Gen.Int[0, 100]).Sample((seed, index, draw) =>
        {
            var number = new Noise(seed).Uniform(index, draw);
            return number is >= 0 and < 1 && number == new Noise(seed).Uniform(index, draw);
        });

    [Fact]
    public void Uniform_ManyIndices_AreSpreadEvenly()
    {
        var noise = new Noise(1).For("spread");
        var tenths = Enumerable.Range(0, 100_000).GroupBy(index => (int)(noise.Uniform(index) * 10)).Select(tenth => tenth.Count()).ToList();

        Assert.Equal(10, tenths.Count);
        Assert.All(tenths, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(4)]
    [InlineData(29)]
    [InlineData(200)]
    public void Count_ManyIndices_HasTheMeanAndVarianceOfPoisson(double mean)
    {
        var noise = new Noise(1).For("count");
        var counts = Enumerable.Range(0, 20_000).Select(index => (double)noise.Count(mean, index)).ToList();

        var average = counts.Average();
        var variance = counts.Average(count => (count - average) * (count - average));
        Assert.InRange(average, mean * 0.95, mean * 1.05);
        Assert.InRange(variance, mean * 0.93, mean * 1.08);
    }

    [Fact]
    public void Some_AnyChance_IsAtMostAllOfThem() =>
        Gen.Select(Gen.Int[0, 200], Gen.Double[0, 1], Gen.Long).Sample((of, chance, index) =>
            new Noise(7).Some(of, chance, index) is var some && some >= 0 && some <= of
            && new Noise(7).Some(of, 1, index) == of && new Noise(7).Some(of, 0, index) == 0);

    [Fact]
    public void Smooth_SmallSteps_MovesLittleAndStaysWithinOne() =>
        Gen.Double[-1000, 1000].Sample(position =>
        {
            var noise = new Noise(3);
            return Math.Abs(noise.Smooth(position)) <= 1 && Math.Abs(noise.Smooth(position) - noise.Smooth(position + 0.01)) < 0.05;
        });

    [Fact]
    public void For_TwoNames_HasNothingInCommon()
    {
        var (one, other) = (new Noise(1).For("SIMU1"), new Noise(1).For("SIMU2"));

        Assert.DoesNotContain(Enumerable.Range(0, 1000), index => one.Uniform(index) == other.Uniform(index));
    }
}
