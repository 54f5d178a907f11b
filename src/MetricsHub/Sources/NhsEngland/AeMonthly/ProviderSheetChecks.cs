using System.Globalization;
using static MetricsHub.Sources.NhsEngland.AeMonthly.ProviderSheetHeader;

namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>Holds a provider sheet's row against what it states twice.</summary>
internal static class ProviderSheetChecks
{
    // Percentages are printed with one decimal; half of it, and a little for the arithmetic.
    private const double PercentageTolerance = 0.0501;

    /// <summary>The first contradiction within a row, with the exact difference; null where there is none. Cells that hold no number check nothing.</summary>
    /// <param name="cell">A cell's text by its column's name.</param>
    public static string? Failure(Func<string, string> cell)
    {
        var types = Enumerable.Range(1, 3).ToArray();
        string?[] failures =
        [
            .. Enumerable.Range(0, 4).Select(type => Sum(cell, Attendances(type), [Within(type), Over(type)])),
            Sum(cell, Attendances(0), types.Select(Attendances)),
            Sum(cell, Within(0), types.Select(Within)),
            Sum(cell, Over(0), types.Select(Over)),
            Sum(cell, AdmissionsViaTotal, types.Select(AdmissionsVia)),
            Sum(cell, AdmissionsTotal, [AdmissionsViaTotal, OtherAdmissions]),
            Part(cell, DtaOver12H, DtaOver4H),
            .. Enumerable.Range(0, 4).Select(type => Share(cell, type)),
        ];
        return Array.Find(failures, failure => failure is not null);
    }

    private static string? Sum(Func<string, string> cell, string total, IEnumerable<string> parts)
    {
        var headers = parts.ToArray();
        var numbers = headers.Select(header => Number(cell(header))).ToArray();
        return Number(cell(total)) is { } stated && numbers.All(number => number is not null) && stated - numbers.Sum() is not 0 and { } difference
            ? string.Create(CultureInfo.InvariantCulture, $"'{total}' states {stated} and its parts add up to {numbers.Sum()}: {difference:+0;-0} apart")
            : null;
    }

    private static string? Part(Func<string, string> cell, string part, string whole) =>
        Number(cell(part)) > Number(cell(whole))
            ? $"'{part}' states {cell(part)} of {cell(whole)}: a part cannot exceed its whole"
            : null;

    private static string? Share(Func<string, string> cell, int type)
    {
        // Without attendances there is no percentage; exports write "-" or 0.0 there, and neither says anything.
        if (Number(cell(Within(type))) is not { } within || Number(cell(Attendances(type))) is not { } all || all == 0
            || !double.TryParse(cell(Percentage(type)).TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stated))
        {
            return null;
        }

        var computed = 100 * within / all;
        return Math.Abs(stated - computed) <= PercentageTolerance || Math.Abs((100 * stated) - computed) <= PercentageTolerance
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"'{Percentage(type)}' states {stated} and {within} of {all} are {computed:0.00}");
    }

    private static double? Number(string text) => CountText.Read(text, out _) is { } figure && figure.TryGetNumber(out var number) ? number : null;
}
