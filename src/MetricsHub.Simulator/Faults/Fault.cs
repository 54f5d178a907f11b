using System.Text.Json;

namespace MetricsHub.Simulator.Faults;

/// <summary>What can go wrong with a feed on demand.</summary>
internal enum FaultKind
{
    /// <summary>503. A refused connection would take every feed with it.</summary>
    Down,

    /// <summary>A byte a second.</summary>
    Slow,

    /// <summary>No answer, until the asker gives up or the fault ends.</summary>
    Hang,

    /// <summary>200 with a page in HTML.</summary>
    Garbage,

    /// <summary>The second half of the answer is missing.</summary>
    Truncated,

    /// <summary>The newest two hours are withheld.</summary>
    Late,

    /// <summary>Every fifth row stands twice.</summary>
    Duplicated,

    /// <summary>The rows stand newest first, but for every third, which stands at the end.</summary>
    OutOfOrder,

    /// <summary>Every number of the last 24 hours is a tenth higher, rounded up.</summary>
    Revised,

    /// <summary>Durations are 60 times too large; in a feed without any, every number is 100 times too large.</summary>
    WrongUnit,
}

internal static class FaultKinds
{
    public static readonly IReadOnlyDictionary<string, FaultKind> ByWord =
        Enum.GetValues<FaultKind>().ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    public static string ToWord(this FaultKind kind) => ByWord.First(pair => pair.Value == kind).Key;

    /// <summary>Whether it is about the rows of a feed: an answer that is no feed cannot have it.</summary>
    public static bool IsOfRows(this FaultKind kind) => kind >= FaultKind.Late;
}

/// <summary>One thing that is wrong with one feed, until it is lifted.</summary>
/// <param name="Feed">The name of a feed, <c>dos</c>, <c>fhir</c>, or <c>bulk-7</c>.</param>
/// <param name="Until">When it ends by itself; null where it does not.</param>
/// <param name="Lifted">Cancelled when the fault ends, so that whoever hangs in it is let go.</param>
internal sealed record Fault(string Feed, FaultKind Kind, DateTimeOffset? Until, CancellationToken Lifted);
