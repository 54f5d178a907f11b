using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Sources.Tables;

/// <summary>Reads a number as feeds write it: <c>9077</c>, <c>1,234.5</c>, <c>80.5%</c>. A comma before other than three digits is no thousands separator.</summary>
internal static partial class TableNumber
{
    private const double Largest = 1e12;
    private const NumberStyles Styles =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands;

    /// <summary>Null where the text is no number of the field; then <paramref name="problem"/> says why.</summary>
    public static Figure? Read(string text, UnitConversion conversion, out string? problem)
    {
        if (text.Length == 0)
        {
            problem = "nothing stands here, and the mapping does not say what that means";
            return null;
        }

        var digits = conversion.IsFromPercent && text[^1] == '%' ? text.AsSpan(..^1).TrimEnd() : text;
        if ((digits.Contains(',') && !Grouped().IsMatch(digits))
            || !double.TryParse(digits, Styles, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
        {
            problem = "not a number";
            return null;
        }

        problem = number < 0 ? "a figure cannot be negative" : number > Largest ? "a figure of more than 12 digits is not believable" : null;
        return problem is null ? Figure.Of(conversion.Apply(number)) : null;
    }

    [GeneratedRegex(@"^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}
