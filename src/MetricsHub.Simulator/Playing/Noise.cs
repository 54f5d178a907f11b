namespace MetricsHub.Simulator.Playing;

/// <summary>
/// Noise that is a function of what it is asked about and of nothing else: no generator keeps a state, so a figure is the same whoever
/// asks, in whatever order and however often.
/// </summary>
internal readonly struct Noise(ulong key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Noise of its own for a name: that of two names has nothing in common.</summary>
    public Noise For(string name)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 0xCBF29CE484222325;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 0x100000001B3;
        }

        return new Noise(Mix(key ^ hash));
    }

    /// <summary>Evenly spread over 0 (inclusive) to 1 (exclusive).</summary>
    /// <param name="draw">Which of several numbers about the same index.</param>
    public double Uniform(long index, int draw = 0) =>
        (Mix(Mix(key + ((ulong)index * Golden)) + (ulong)draw) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A curve between -1 and 1 without corners, that takes a new turn at every whole number.</summary>
    public double Smooth(double position)
    {
        var knot = Math.Floor(position);
        var between = position - knot;
        var weight = between * between * (3 - (2 * between));
        var (left, right) = (Uniform((long)knot), Uniform((long)knot + 1));
        return (2 * (left + ((right - left) * weight))) - 1;
    }

    /// <summary>How many of a thing happen where <paramref name="mean"/> are to be expected (Poisson; by its normal limit above 30).</summary>
    public int Count(double mean, long index)
    {
        if (mean > 30)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - Uniform(index, 1))) * Math.Cos(2 * Math.PI * Uniform(index, 2));
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        var (draw, chance, count) = (Uniform(index), Math.Exp(-mean), 0);
        for (var below = chance; draw >= below && count < 100; below += chance)
        {
            count++;
            chance *= mean / count;
        }

        return count;
    }

    /// <summary>How many of so many a thing happens to, each with the same chance.</summary>
    public int Some(int of, double chance, long index)
    {
        var some = 0;
        for (var one = 0; one < of; one++)
        {
            some += Uniform(index, one) < chance ? 1 : 0;
        }

        return some;
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong bits)
    {
        bits += Golden;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
