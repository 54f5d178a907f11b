using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>The header by which a sender names what it sends, so that sending it again does nothing twice.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int Longest = 200;

    public static bool IsGiven(HttpContext context, string? key) =>
        key is { Length: >= 1 and <= Longest } && context.Request.Headers[Header].Count == 1 && key.All(letter => letter is >= ' ' and <= '~');

    public static ProblemHttpResult NotGiven() =>
        Problems.Invalid(Header, $"Expected this header once, with 1 to {Longest} printable ASCII characters.");
}
