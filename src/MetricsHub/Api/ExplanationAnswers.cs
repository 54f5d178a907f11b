namespace MetricsHub.Api;

/// <summary>How each level of an organisation came about, from what is shown down to the rows of the publications. Not an NHS OPEL level.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="At">The instant asked for: each framework's newest slot that had ended by then is explained.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="EngineVersion">Which arithmetic made the levels.</param>
/// <param name="Explanations">One for each framework; empty where none judges an organisation of this kind.</param>
internal sealed record ExplanationAnswer(
    OrganisationName Organisation, DateTimeOffset At, DateTimeOffset AsOf, string EngineVersion, IReadOnlyList<ExplanationItem> Explanations);

/// <summary>The derivation of one level, to be read from the top down: shown, calculated, inputs, organisations, observations.</summary>
/// <param name="Framework">Which framework; its version is part of the rules.</param>
/// <param name="RulesHash">SHA-256 of everything that decides a level under this version.</param>
/// <param name="InputsHash">
/// SHA-256 of what decides of the inputs: who says what in which row of which publication, absences that are stated, who could have
/// contributed, and what was shown before. Not when a hub learnt it, nor whether what nobody stated is late or its source down.
/// </param>
/// <param name="Hash">SHA-256 of engine version, rules, inputs and outcome: two hubs that read the same publications by the same rules have the same.</param>
/// <param name="SlotStart">The start of the period judged.</param>
/// <param name="SlotEnd">Its end, exclusive: the instant at which the level stands.</param>
/// <param name="Shown">The level shown, and how it followed from the slots before.</param>
/// <param name="Calculated">The level that the slot's own figures make.</param>
/// <param name="Bounds">The level with every missing input at its best and at its worst; null where the organisation is not judged.</param>
/// <param name="Inputs">Every input, in the order of the framework: present, missing or not applicable.</param>
/// <param name="Pillars">What each service domain is on its own.</param>
/// <param name="Changes">The smallest changes of one input that move the level, nearest first.</param>
/// <param name="Unscored">Inputs that belong to the framework and have no known bands: out of the maximum.</param>
/// <param name="Scoring">What the cuts of the levels are cuts of.</param>
/// <param name="Levels">Which score is which level, with the provenance of every cut.</param>
/// <param name="MissingData">When a level may be given although inputs are missing.</param>
/// <param name="Hysteresis">How long a level goes on being shown after the score has fallen below it.</param>
internal sealed record ExplanationItem(
    FrameworkName Framework,
    string RulesHash,
    string InputsHash,
    string Hash,
    DateTimeOffset SlotStart,
    DateTimeOffset SlotEnd,
    ExplainedShownItem Shown,
    ExplainedLevelItem Calculated,
    ExplainedBoundsItem? Bounds,
    IReadOnlyList<ExplainedInputItem> Inputs,
    IReadOnlyList<PillarItem> Pillars,
    IReadOnlyList<ChangeItem> Changes,
    IReadOnlyList<UnscoredItem> Unscored,
    ScoringItem Scoring,
    IReadOnlyList<LevelCutItem> Levels,
    MissingDataItem MissingData,
    HysteresisItem Hysteresis);

/// <summary>The level shown, and how it came about.</summary>
/// <param name="Shown">What is shown at the slot.</param>
/// <param name="Because">Why, in words.</param>
/// <param name="Before">What was shown at the slot before; never-known where there was none.</param>
/// <param name="Slots">
/// The slots since the level has been shown, or the calm ones after which it fell here; oldest first, this one last. Where they are many,
/// the first and the newest.
/// </param>
/// <param name="Omitted">How many slots after the first of them are left out.</param>
internal sealed record ExplainedShownItem(ShownItem Shown, string Because, ShownItem Before, IReadOnlyList<FoldSlotItem> Slots, int Omitted);

/// <summary>One slot on the way to what is shown.</summary>
/// <param name="At">Its end.</param>
/// <param name="Level">The calculated level; null where there was none.</param>
/// <param name="LowestLevel">The level with every missing input at its best.</param>
/// <param name="HighestLevel">The level with every missing input at its worst.</param>
/// <param name="Score">The score on the framework's scale; null where no input was there.</param>
/// <param name="WorstScore">The same with every missing input at its worst.</param>
/// <param name="LevelToFallTo">The level of the worst score with the margin on top: where it is below the shown one, the slot was calm.</param>
/// <param name="ShownLevel">The level then shown; null where there never was one.</param>
/// <param name="ShownStatus">known, held, unknown or never-known.</param>
/// <param name="CalmSlots">For how many slots on end the score had been low enough to fall.</param>
/// <param name="SlotsWithoutLevel">For how many slots on end there had been no level.</param>
/// <param name="Link">The address of its own explanation.</param>
internal sealed record FoldSlotItem(
    DateTimeOffset At,
    int? Level,
    int LowestLevel,
    int HighestLevel,
    decimal? Score,
    decimal WorstScore,
    int LevelToFallTo,
    int? ShownLevel,
    string ShownStatus,
    int CalmSlots,
    int SlotsWithoutLevel,
    string Link);

/// <summary>The calculated level, and how the points make it.</summary>
/// <param name="Status">calculated or not-calculated.</param>
/// <param name="Level">1 (least pressure) to 4; null where it is not calculated.</param>
/// <param name="Reason">Why it is not calculated; null where it is.</param>
/// <param name="Points">The points scored.</param>
/// <param name="AvailablePoints">The most that the inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and the missing ones could have scored together.</param>
/// <param name="Score">The points on the framework's scale, before rounding; null where no input is there.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="Words">The same as a sum that can be done by hand.</param>
/// <param name="Cut">The cut that the score falls into, with its provenance; null where it is not calculated.</param>
internal sealed record ExplainedLevelItem(
    string Status,
    int? Level,
    string? Reason,
    decimal Points,
    decimal AvailablePoints,
    decimal ApplicablePoints,
    decimal? Score,
    double ObservablePercent,
    string Words,
    LevelCutItem? Cut);

/// <summary>The bounds, and what was taken for each missing input.</summary>
/// <param name="Lowest">With every missing input at its best: 0 points.</param>
/// <param name="Highest">With every missing input at its worst: all of its points.</param>
/// <param name="Certain">Whether both are of one level.</param>
/// <param name="UnknownPercent">The share of the applicable points that is missing, in percent.</param>
/// <param name="Taken">What was taken for each missing input.</param>
internal sealed record ExplainedBoundsItem(
    ExplainedBoundItem Lowest, ExplainedBoundItem Highest, bool Certain, double UnknownPercent, IReadOnlyList<TakenPointsItem> Taken);

/// <summary>One of the bounds.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Points">The points scored, those taken for missing inputs included.</param>
/// <param name="OfPoints">The most there could have been.</param>
/// <param name="Score">The points on the framework's scale, before rounding.</param>
internal sealed record ExplainedBoundItem(int Level, decimal Points, decimal OfPoints, decimal Score);

/// <summary>The points taken for one missing input.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="AtBest">The points at its best.</param>
/// <param name="AtWorst">The points at its worst.</param>
internal sealed record TakenPointsItem(string Indicator, decimal AtBest, decimal AtWorst);
