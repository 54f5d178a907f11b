using System.Globalization;

namespace MetricsHub.Domain.Observations;

/// <summary>
/// A number, or the coded reason why there is none. Whoever wants the number has to say what happens without it: there is no way to
/// read an absence as zero.
/// </summary>
public readonly record struct Figure
{
    private readonly double number;
    private readonly AbsenceCode absence;

    private Figure(double number, AbsenceCode absence)
    {
        this.number = number;
        this.absence = absence;
    }

    public bool IsAbsent => absence != default;

    /// <summary>The reason for the absence, or null where there is a number.</summary>
    public AbsenceCode? Absence => IsAbsent ? absence : null;

    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static Figure Of(double value) =>
        double.IsFinite(value)
            ? new Figure(value, default)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A figure is a finite number.");

    /// <exception cref="ArgumentOutOfRangeException">The code is none of the known ones.</exception>
    public static Figure Absent(AbsenceCode code) =>
        Enum.IsDefined(code)
            ? new Figure(0, code)
            : throw new ArgumentOutOfRangeException(nameof(code), code, "Not an absence code.");

    public bool TryGetNumber(out double value)
    {
        value = IsAbsent ? double.NaN : number;
        return !IsAbsent;
    }

    public override string ToString() =>
        IsAbsent ? absence.ToText() : number.ToString("R", CultureInfo.InvariantCulture);
}
