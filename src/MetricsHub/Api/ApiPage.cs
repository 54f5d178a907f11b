using Microsoft.AspNetCore.WebUtilities;

namespace MetricsHub.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">What this page holds.</param>
/// <param name="Next">The address of the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Sizes and links of pages.</summary>
internal static class Paging
{
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 1000;

    /// <summary>What a checked <c>limit</c> says, else the default.</summary>
    public static int LimitOf(string? text) => ParameterRules.TryParseLimit(text, out var limit) ? limit : DefaultLimit;

    /// <summary>
    /// The address of the next page: this request's with another cursor. It bears no host, so that no caller's Host header gets into an
    /// answer that another caller is given from the cache.
    /// </summary>
    public static string NextAddress(HttpContext context, string cursor)
    {
        var kept = context.Request.Query.Where(pair => !pair.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase));
        return QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path, kept.Append(new("cursor", cursor)));
    }

    /// <summary>Says in the <c>Link</c> header where the next page is (RFC 8288).</summary>
    public static void LinkNext(HttpContext context, string? address)
    {
        if (address is not null)
        {
            context.Response.Headers.Link = $"<{address}>; rel=\"next\"";
        }
    }

    /// <summary>A page of up to <paramref name="limit"/> of the rows read, of which there is one more where another page follows.</summary>
    public static Page<TItem> Of<TRow, TItem>(
        HttpContext context, IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> toItem, Func<TRow, string> toCursor)
    {
        var next = rows.Count > limit ? NextAddress(context, toCursor(rows[limit - 1])) : null;
        LinkNext(context, next);
        return new Page<TItem>([.. rows.Take(limit).Select(toItem)], next);
    }
}
