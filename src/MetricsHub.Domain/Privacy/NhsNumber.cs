namespace MetricsHub.Domain.Privacy;

/// <summary>
/// The number by which the NHS in England and Wales knows a person: ten digits, the last of which checks the others by modulus 11. Of
/// arbitrary ten digits one in eleven passes, so that a single number that passes proves nothing; the printed form 943 476 5919 does.
/// </summary>
public static class NhsNumber
{
    /// <summary>How many digits it has.</summary>
    public const int Length = 10;

    /// <summary>Whether ten digits are right by modulus 11. Ten times the same digit is right too, and is nobody's number: it is not counted.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        if (digits.Length != Length || digits.ContainsAnyExceptInRange('0', '9') || !digits.ContainsAnyExcept(digits[0]))
        {
            return false;
        }

        var sum = 0;
        for (var index = 0; index < Length - 1; index++)
        {
            sum += (digits[index] - '0') * (Length - index);
        }

        var check = 11 - (sum % 11);
        return (check == 11 ? 0 : check) == digits[^1] - '0';
    }

    /// <summary>Whether a valid number stands somewhere in the text as it is printed: three, three and four digits, parted by spaces or dashes.</summary>
    public static bool IsPrintedIn(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[Length];
        for (var start = 0; start + 12 <= text.Length; start++)
        {
            var some = text.Slice(start, 12);
            if (char.IsAsciiDigit(some[0]) && IsParting(some[3]) && IsParting(some[7]) && IsAlone(text, start, 12))
            {
                some[..3].CopyTo(digits);
                some[4..7].CopyTo(digits[3..]);
                some[8..].CopyTo(digits[6..]);
                if (IsValid(digits))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Finds the next run of exactly ten digits, <c>9434765919</c> or <c>9434765919.0</c> as some programs write it, but no part of a longer
    /// number, of a code or of a measurement.
    /// </summary>
    /// <param name="from">Where to look from; afterwards, where to look for the one after.</param>
    /// <returns>Empty where there is none.</returns>
    public static ReadOnlySpan<char> NextTenDigits(ReadOnlySpan<char> text, ref int from)
    {
        while (from + Length <= text.Length)
        {
            var start = from;
            var run = text[start..].IndexOfAnyExceptInRange('0', '9');
            run = run < 0 ? text.Length - start : run;
            from = start + Math.Max(run, 1);
            if (run == Length && IsAlone(text, start, run) && !IsFraction(text, start))
            {
                return text.Slice(start, run);
            }
        }

        return [];
    }

    /// <summary>Whether a valid number stands in the text in any form; of texts with ten digits one in eleven does by chance.</summary>
    public static bool MayStandIn(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (NextTenDigits(text, ref from) is { IsEmpty: false } digits)
        {
            if (IsValid(digits))
            {
                return true;
            }
        }

        return IsPrintedIn(text);
    }

    private static bool IsParting(char character) => character is ' ' or '-' or '\u00A0' or '\u2009' or '\u202F' or '\u2010' or '\u2011' or '\u2013';

    private static bool IsAlone(ReadOnlySpan<char> text, int start, int length) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (start + length == text.Length || !char.IsLetterOrDigit(text[start + length]));

    /// <summary>Digits on either side of a decimal point are a measurement, unless all that follows the point is zeros.</summary>
    private static bool IsFraction(ReadOnlySpan<char> text, int start)
    {
        if (start > 1 && text[start - 1] == '.' && char.IsAsciiDigit(text[start - 2]))
        {
            return true;
        }

        var end = start + Length;
        if (end + 1 >= text.Length || text[end] != '.' || !char.IsAsciiDigit(text[end + 1]))
        {
            return false;
        }

        return text[(end + 1)..].TrimStart('0') is { Length: > 0 } rest && char.IsAsciiDigit(rest[0]);
    }
}
