namespace MetricsHub.Simulator.Playing;

/// <summary>
/// One service on one London day: what plays are written in. Every member gives a figure for each quarter hour of the day, and is the
/// same every time it is asked.
/// </summary>
internal sealed class SiteDay(Site site, LondonDay day, Rhythm rhythm, Noise noise, double[] pressure)
{
    private readonly Noise own = noise.For(site.Organisation).For(site.Kind);

    public Site Site => site;

    public LondonDay Day => day;

    /// <summary>How pressed it is: about -1.8 to 1.8.</summary>
    public IReadOnlyList<double> Pressure => pressure;

    public double[] Each(Func<int, double> figure) => [.. Enumerable.Range(0, day.Ends.Count).Select(figure)];

    public double[] Constant(double figure) => Each(_ => figure);

    /// <summary>How many of a thing happen in each quarter hour; none while closed.</summary>
    /// <param name="perDay">How many are to be expected on a day of no particular pressure.</param>
    /// <param name="pull">How much more of it pressure 1 brings: 0.2 is about a fifth.</param>
    public int[] Happening(string name, double perDay, string? cycle, string profile, double pull)
    {
        var named = own.For(name);
        var open = Enumerable.Range(0, day.Ends.Count).Where(slot => site.Hours.IsOpen(day, slot)).ToList();
        var busy = open.ToDictionary(slot => slot, slot => rhythm.Hour(profile, day.Hours[slot]));
        var whole = busy.Values.Sum();
        var ofDay = perDay * (cycle is null ? 1 : rhythm.Day(cycle, day.Date));
        return [.. Enumerable.Range(0, day.Ends.Count).Select(slot => busy.TryGetValue(slot, out var share)
            ? named.Count(ofDay * share / whole * Math.Exp(pull * pressure[slot]), LondonDay.NumberOf(day.Ends[slot]))
            : 0)];
    }

    /// <summary>To how many of those that happen something further happens.</summary>
    public int[] Some(string name, int[] of, Func<int, double> chance)
    {
        var named = own.For(name);
        return [.. of.Select((count, slot) => named.Some(count, Math.Clamp(chance(slot), 0, 1), LondonDay.NumberOf(day.Ends[slot])))];
    }

    /// <summary>Counted since midnight, this quarter hour among them.</summary>
    public static double[] SinceMidnight(int[] happening)
    {
        var sum = 0;
        return [.. happening.Select(count => (double)(sum += count))];
    }

    /// <summary>How much of something there is: around a usual amount, more under pressure, with a swing of its own.</summary>
    /// <param name="swing">How far it swings by itself: 0.1 is a tenth up or down.</param>
    public double[] Standing(string name, double usual, string? cycle, string? profile, double pull, double swing)
    {
        var named = own.For(name);
        return Each(slot => usual
            * (cycle is null ? 1 : rhythm.Standing(cycle, day.Date, day.Hours[slot]))
            * (profile is null ? 1 : rhythm.Hour(profile, day.Hours[slot]))
            * Math.Exp(pull * pressure[slot])
            * (1 + (swing * named.Smooth(day.Ends[slot].ToUnixTimeSeconds() / 5400.0))));
    }

    /// <summary>The same in whole ones, none below zero and none above a most.</summary>
    public double[] Whole(string name, double usual, string? cycle, string? profile, double pull, double swing, double most = double.MaxValue) =>
        [.. Standing(name, usual, cycle, profile, pull, swing).Select(amount => Math.Clamp(Math.Round(amount), 0, most))];

    /// <summary>How many of so many places are taken; the rhythm and pressure move the share, which never passes the most.</summary>
    public double[] Taken(string name, double places, double share, string? cycle, double pull, double most = 1)
    {
        var named = own.For(name);
        return Each(slot =>
        {
            var taken = share * (cycle is null ? 1 : rhythm.Standing(cycle, day.Date, day.Hours[slot]))
                + (pull * pressure[slot])
                + (0.02 * named.Smooth(day.Ends[slot].ToUnixTimeSeconds() / 7200.0));
            return Math.Round(places * Math.Clamp(taken, 0, most));
        });
    }

    /// <summary>What is left of places that were given in the morning and go in the course of the opening hours.</summary>
    public double[] Left(string name, double places, double pull)
    {
        var named = own.For(name);
        var hours = site.Hours;
        return Each(slot =>
        {
            var gone = Math.Clamp((day.Hours[slot] - hours.Opens) / (hours.Closes - hours.Opens), 0, 1);
            var speed = Math.Exp((pull * pressure[day.Ends.Count / 2]) + (0.5 * named.Smooth(LondonDay.NumberOf(day.Ends[0]) / 96.0)));
            return Math.Round(places * Math.Pow(1 - gone, 1.6 * speed));
        });
    }

    /// <summary>A draw of the day, from 0 to 1, that stays the same for all of it.</summary>
    public double Draw(string name) => own.For(name).Uniform(day.Date.DayNumber);
}
