namespace MetricsHub.Domain.Publications;

/// <summary>
/// Which reading of a publication's archived bytes: by which version of the parser, and after how many replays. The later reading
/// replaces the earlier one; the first counts before the second, because another parser reads other statements.
/// </summary>
/// <param name="ParserVersion">1 and up; 0 before the first reading.</param>
/// <param name="Replay">How many replays had been asked for: 0 for the reading on arrival.</param>
public readonly record struct Reading(int ParserVersion, int Replay) : IComparable<Reading>
{
    public int CompareTo(Reading other) =>
        ParserVersion != other.ParserVersion ? ParserVersion.CompareTo(other.ParserVersion) : Replay.CompareTo(other.Replay);

    public static bool operator <(Reading left, Reading right) => left.CompareTo(right) < 0;

    public static bool operator <=(Reading left, Reading right) => left.CompareTo(right) <= 0;

    public static bool operator >(Reading left, Reading right) => left.CompareTo(right) > 0;

    public static bool operator >=(Reading left, Reading right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{ParserVersion}.{Replay}";
}
