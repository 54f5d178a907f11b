using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MetricsHub.Api;

/// <summary>Compares entity tags for a conditional read (RFC 9110 §13.1.2): weakly, so that a proxy that compressed the answer still matches.</summary>
internal static class EntityTags
{
    public static bool Match(StringValues ifNoneMatch, StringValues tag)
    {
        if (ifNoneMatch.Count == 0)
        {
            return false;
        }

        return ifNoneMatch == "*"
            || (EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags) && tags.Any(known => known.Tag == tag.ToString()));
    }
}
