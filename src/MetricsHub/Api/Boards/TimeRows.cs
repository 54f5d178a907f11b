namespace MetricsHub.Api.Boards;

/// <summary>A level at one instant of a time. Of an hour or a day the worst of its readings is told.</summary>
/// <param name="At">The instant at which the reading, or the last one of the hour or day, stands.</param>
/// <param name="Calculated">1 (least pressure) to 4; not calculated; not judged.</param>
/// <param name="Shown">1 to 4; "3 held"; unknown; never known; not judged.</param>
/// <param name="Declared">What somebody declared: 1 to 4, or none.</param>
/// <param name="LowestLevel">The level with every missing input at its best; null where the organisation is not judged.</param>
/// <param name="HighestLevel">The level with every missing input at its worst; null where the organisation is not judged.</param>
/// <param name="ScorePercent">Score over available points, in percent; null where no input is there.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="UncertainPercent">The share of the readings whose lowest and highest level differ, in percent.</param>
/// <param name="Readings">How many readings the row stands for.</param>
/// <param name="Version">The version of the framework that judged: levels of two versions are not compared.</param>
/// <param name="Reason">Why there is no level; none where there is one.</param>
internal sealed record HistoryRow(
    DateTimeOffset At,
    string Calculated,
    string Shown,
    string Declared,
    int? LowestLevel,
    int? HighestLevel,
    double? ScorePercent,
    double ObservablePercent,
    double UncertainPercent,
    int Readings,
    string Version,
    string Reason);

/// <summary>A change of a level.</summary>
/// <param name="At">When it came; of the row that says that there was none, the end of the time.</param>
/// <param name="Track">calculated; shown; declared; framework; none where nothing changed.</param>
/// <param name="Kind">first, rise, fall, became-unknown, came-back, version-break, begun, expired, ended, replaced; none.</param>
/// <param name="From">The level before: 1 to 4, or none.</param>
/// <param name="To">The level from here on: 1 to 4, or none.</param>
/// <param name="Causes">Which inputs moved it, the greatest part of the score first; of what was declared who and why.</param>
/// <param name="LastedSeconds">For how long the state before had lasted; null where there was none.</param>
/// <param name="MadeAt">When the report was made: what has been recorded since is not in it.</param>
internal sealed record EventRow(
    DateTimeOffset At, string Track, string Kind, string From, string To, string Causes, long? LastedSeconds, DateTimeOffset MadeAt);

/// <summary>A share of the time, or something that stood still.</summary>
/// <param name="Of">
/// calculated or shown (a share of the time at a level or without one), input (a share of the time in its worst band, its best band or missing),
/// flap-score (how much the level chatters, 0 to 100), uncertain, held, finding (what stood still); none where nothing was judged.
/// </param>
/// <param name="Name">Of which level or of which input.</param>
/// <param name="Share">Which share of it: time, worst band, best band, missing; none where it is not one.</param>
/// <param name="Percent">The share in percent, or the flap score; null where there are too few readings to say.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Version">The version of the framework that judged.</param>
/// <param name="MadeAt">When the report was made: what has been recorded since is not in it.</param>
internal sealed record HealthRow(string Of, string Name, string Share, double? Percent, string Text, string Version, DateTimeOffset MadeAt)
{
    public static readonly IReadOnlyList<string> Kinds = ["calculated", "shown", "held", "uncertain", "flap-score", "input", "finding"];
}
