using System.Security.Cryptography;
using System.Text;
using MetricsHub.Domain.Time;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MetricsHub.Api;

/// <summary>Makes entity tags, and compares them for a conditional read (RFC 9110 §13.1.2).</summary>
internal static class EntityTags
{
    // The catalogue is fixed for as long as a process runs, and the stores count their versions from its start: a tag of another run
    // never matches.
    private static readonly Guid Process = Guid.NewGuid();

    /// <summary>
    /// The tag of what is asked for, by all that an answer rests on: what has been recorded, and the day in Europe/London, because what
    /// is due changes at midnight, and the instant at which something in the answer grows stale (a framework that judges more often than
    /// once a day needs its slot here). It is weak and leaves out the
    /// instant: instants and ages in an answer are those of its making, so that every new one would differ although nothing was
    /// recorded. A caller who is told 304 keeps a copy that says itself when it was made (<c>asOf</c> or <c>at</c>).
    /// </summary>
    public static StringValues Of(AnswerKey key, long storeVersion, long ledgerVersion, DateTimeOffset now, DateTimeOffset? holdsUntil)
    {
        var basis = FormattableString.Invariant(
            $"{Process:N}\n{storeVersion}\n{ledgerVersion}\n{LondonCalendar.DateOf(now).DayNumber}\n{holdsUntil?.UtcTicks}\n{key.Path}\n{key.Query}\n{key.Accept}\n{key.Grants}");
        return $"W/\"{WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(basis)).AsSpan(0, 16))}\"";
    }

    /// <summary>Weakly, as a conditional read does: the tags' own texts count.</summary>
    public static bool Match(StringValues ifNoneMatch, StringValues tag)
    {
        if (ifNoneMatch.Count == 0)
        {
            return false;
        }

        return ifNoneMatch == "*"
            || (EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags) && tags.Any(known => tag.ToString().AsSpan(2).SequenceEqual(known.Tag.AsSpan())));
    }
}
