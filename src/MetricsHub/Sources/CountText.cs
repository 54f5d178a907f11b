using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Sources;

/// <summary>Reads a count as publishers write it: <c>9077</c>, <c>"17,712"</c>, <c>-</c>, or nothing.</summary>
internal static partial class CountText
{
    /// <summary>
    /// A dash stands where there is nothing to count, so it reads as not applicable. Nothing at all reads as suppressed: the
    /// publisher lists the organisation for the month and keeps the figure back. Null where the text is no count; then
    /// <paramref name="problem"/> says why.
    /// </summary>
    public static Figure? Read(string text, out string? problem)
    {
        problem = null;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return Figure.Absent(AbsenceCode.Suppressed);
        }

        if (trimmed is "-" or "–" or "—")
        {
            return Figure.Absent(AbsenceCode.NotApplicable);
        }

        if (Whole().IsMatch(trimmed))
        {
            return Figure.Of(double.Parse(trimmed, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        }

        problem = trimmed switch
        {
            _ when Negative().IsMatch(trimmed) => "a count cannot be negative",
            _ when Fractional().IsMatch(trimmed) => "a count has no fraction",
            _ when TooLong().IsMatch(trimmed) => "a count of more than 12 digits is not believable",
            _ => "not a number",
        };
        return null;
    }

    // Twelve digits are more than any count there is and stay exact in a double.
    [GeneratedRegex(@"^(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-−][0-9][0-9,]*(?:\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Negative();

    [GeneratedRegex(@"^[0-9][0-9,]*\.[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Fractional();

    [GeneratedRegex(@"^[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TooLong();
}
