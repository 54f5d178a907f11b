using System.Globalization;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Sources;

/// <summary>Reads an amount that may have a fraction, an average of days for one: <c>739.7802197802198</c>, <c>1,012.5</c>, <c>-</c>.</summary>
internal static class AmountText
{
    private const double Largest = 1e12;

    /// <summary>As <see cref="CountText"/>, with fractions: null where the text is no amount; then <paramref name="problem"/> says why.</summary>
    public static Figure? Read(string text, out string? problem)
    {
        var trimmed = text.Trim();
        if (CountText.Read(trimmed, out problem) is { } count)
        {
            return count;
        }

        // A workbook's own numbers come in invariant form, the smallest of them with an exponent.
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
        if (!double.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out var amount) || !double.IsFinite(amount))
        {
            problem = "not a number";
            return null;
        }

        problem = amount < 0 ? "an amount cannot be negative" : amount > Largest ? "an amount of more than 12 digits is not believable" : null;
        return problem is null ? Figure.Of(amount) : null;
    }
}
