using System.Globalization;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Feeds;

/// <summary>The stretch of time that an asker wants.</summary>
/// <param name="After">Exclusive: the newest row that the asker has.</param>
/// <param name="To">Inclusive, and never in the future.</param>
internal sealed record Span(DateTimeOffset After, DateTimeOffset To)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>
    /// From <c>since</c> to <c>until</c>; where they are not given, the usual time up to now. What lies more than 400 days back is not
    /// given. Null where either is no instant with an offset.
    /// </summary>
    public static Span? Asked(IQueryCollection query, DateTimeOffset now, TimeSpan usual)
    {
        if (!TryRead(query["until"], now, out var until))
        {
            return null;
        }

        var to = until < now ? until : now;
        if (!TryRead(query["since"], LondonDay.NewestEnd(to) - usual, out var since))
        {
            return null;
        }

        return new Span(since < now - Longest ? now - Longest : since, to);
    }

    private static bool TryRead(string? text, DateTimeOffset otherwise, out DateTimeOffset instant)
    {
        if (string.IsNullOrEmpty(text))
        {
            instant = otherwise;
            return true;
        }

        // Without an offset an instant is a guess: an hour of the year is there twice. A plus sign arrives as a space.
        string[] formats = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        var written = text.Replace(' ', '+');
        return DateTimeOffset.TryParseExact(written, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant)
            && (written.EndsWith('Z') || written.LastIndexOfAny(['+', '-']) > 10);
    }
}
