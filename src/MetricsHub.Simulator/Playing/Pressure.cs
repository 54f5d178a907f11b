namespace MetricsHub.Simulator.Playing;

/// <summary>
/// The demand behind all services that nobody measures: slow swings over days and over a week or two, and the winter. It is what makes
/// beds fill when departments do. About -1.5 (calm) to 1.5 (pressed).
/// </summary>
internal sealed class Pressure(Noise noise)
{
    private readonly Noise weeks = noise.For("weeks");
    private readonly Noise days = noise.For("days");
    private readonly Noise local = noise.For("local");

    /// <summary>What all services of the system share.</summary>
    public double OfSystem(DateTimeOffset at)
    {
        var day = at.ToUnixTimeSeconds() / 86400.0;
        var winter = Math.Cos(2 * Math.PI * (at.UtcDateTime.DayOfYear - 15) / 365.25);
        return (0.6 * weeks.Smooth(day / 9)) + (0.5 * days.Smooth(day / 1.7)) + (0.4 * winter);
    }

    /// <summary>What one organisation feels: the system's, and trouble of its own.</summary>
    public double At(string organisation, DateTimeOffset at) =>
        OfSystem(at) + (0.35 * local.For(organisation).Smooth(at.ToUnixTimeSeconds() / 86400.0 / 1.3));
}
