namespace MetricsHub.Sources.Tables;

/// <summary>From one unit to another of the same kind, in decimal arithmetic: a share of 0.57 is 57 percent and not nearly.</summary>
internal sealed record UnitConversion(decimal Times, decimal Over)
{
    public static readonly UnitConversion None = new(1, 1);

    private const string Share = "share";
    private const string Percent = "percent";

    /// <summary>What each unit is made of: seconds, or hundredths. Units of different kinds, or unknown ones, do not convert.</summary>
    private static readonly Dictionary<string, (string Kind, decimal Size)> Units = new()
    {
        ["seconds"] = ("time", 1),
        ["minutes"] = ("time", 60),
        ["hours"] = ("time", 3600),
        ["days"] = ("time", 86_400),
        [Percent] = (Share, 1),
        [Share] = (Share, 100),
    };

    /// <summary>Whether a cell may end with <c>%</c>.</summary>
    public bool IsFromPercent { get; private init; }

    /// <summary>The conversion, or null where there is none.</summary>
    public static UnitConversion? Between(string from, string to) =>
        from == to ? None with { IsFromPercent = from == Percent }
        : Units.TryGetValue(from, out var source) && Units.TryGetValue(to, out var target) && source.Kind == target.Kind
            ? new UnitConversion(source.Size, target.Size) { IsFromPercent = from == Percent }
            : null;

    /// <param name="value">At most 12 digits before the point.</param>
    public double Apply(double value) => Times == Over ? value : (double)((decimal)value * Times / Over);
}
