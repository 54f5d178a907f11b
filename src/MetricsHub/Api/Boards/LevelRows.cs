namespace MetricsHub.Api.Boards;

/// <summary>How escalated an organisation is by one framework; or that none judges it.</summary>
/// <param name="Organisation">Its ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="Framework">The framework's key; none where no framework judges it.</param>
/// <param name="FrameworkName">Its name and version.</param>
/// <param name="Shown">The level to show: 1 (least pressure) to 4; "3 held"; unknown; never known; not judged.</param>
/// <param name="ShownText">The same in words, with what was known last.</param>
/// <param name="Calculated">The calculated level: 1 to 4, or not calculated; not judged.</param>
/// <param name="CalculatedText">The same with the reason where there is none.</param>
/// <param name="Bounds">Between which levels it lies whatever the missing inputs are.</param>
/// <param name="LowestLevel">The level with every missing input at its best; null where the organisation is not judged.</param>
/// <param name="HighestLevel">The level with every missing input at its worst; null where the organisation is not judged.</param>
/// <param name="Since">From when on the shown level has stood; null where there never was one.</param>
/// <param name="SlotEnd">The instant at which the reading stands; null where the organisation is not judged.</param>
/// <param name="NextSlotEnd">The instant at which the next one will stand; null where the organisation is not judged.</param>
/// <param name="SecondsToNext">How long that is from the instant asked for; null where the organisation is not judged.</param>
/// <param name="ScorePercent">Score over available points, in percent; null where no input is there.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="Missing">How many inputs should be there and are not.</param>
/// <param name="MissingText">Which ones, and why.</param>
/// <param name="Falling">What it is about to fall to, and in how many slots; or that it is not.</param>
/// <param name="Declared">What somebody declares beside it: 1 to 4, or none.</param>
/// <param name="DeclaredText">The same with who, why and until when.</param>
/// <param name="Link">The address of all that it rests on.</param>
internal sealed record LevelRow(
    string Organisation,
    string Name,
    string Simulated,
    string Framework,
    string FrameworkName,
    string Shown,
    string ShownText,
    string Calculated,
    string CalculatedText,
    string Bounds,
    int? LowestLevel,
    int? HighestLevel,
    DateTimeOffset? Since,
    DateTimeOffset? SlotEnd,
    DateTimeOffset? NextSlotEnd,
    long? SecondsToNext,
    double? ScorePercent,
    double ObservablePercent,
    int Missing,
    string MissingText,
    string Falling,
    string Declared,
    string DeclaredText,
    string Link);

/// <summary>What one service domain is on its own, by the same cuts as the whole.</summary>
/// <param name="ServiceDomain">Its key; none where no framework judges the organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="Level">1 (least pressure) to 4; not calculated; not judged.</param>
/// <param name="Text">The same with bounds, or with the reason.</param>
/// <param name="Points">The points scored; null where no input is there.</param>
/// <param name="AvailablePoints">The most that its inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and its missing ones could have scored together.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="ScorePercent">Points over available points, in percent; null where no input is there.</param>
internal sealed record ServiceDomainRow(
    string ServiceDomain,
    string Name,
    string Framework,
    string Level,
    string Text,
    double? Points,
    double AvailablePoints,
    double ApplicablePoints,
    double ObservablePercent,
    double? ScorePercent);

/// <summary>The smallest change of one input, all others staying as they are, that moves the level.</summary>
/// <param name="Indicator">The indicator's key; none where nothing moves it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="ToLevel">The level it would then be: 1 to 4; not calculated where there is none to move.</param>
/// <param name="Text">The change in words; or why there is none.</param>
/// <param name="Value">The value as it is; null where there is no change.</param>
/// <param name="Edge">The value to reach; null where there is no change.</param>
/// <param name="NumeratorChange">The same told in the numerator, so many beds or so many breaches; null where there is no change.</param>
internal sealed record ChangeRow(
    string Indicator, string Name, string Framework, string ToLevel, string Text, double? Value, double? Edge, double? NumeratorChange);

/// <summary>An input that scores otherwise than it did before the shown level came.</summary>
/// <param name="Indicator">The indicator's key; none where nothing moved.</param>
/// <param name="Name">Its name; or what became of the level where nothing moved.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="ServiceDomain">The name of the service domain it tells of.</param>
/// <param name="Kind">moved; became missing; came back; became not applicable; none.</param>
/// <param name="Before">Its value at the instant compared with, or that it was not there.</param>
/// <param name="After">Its value now, or why it is not there.</param>
/// <param name="PointsBefore">Null where it was not there, which is never a zero.</param>
/// <param name="PointsAfter">Null where it is not there.</param>
/// <param name="ComparedWith">The instant compared with: the slot before the shown level came; null where there never was a level.</param>
internal sealed record MovementRow(
    string Indicator,
    string Name,
    string Framework,
    string ServiceDomain,
    string Kind,
    string Before,
    string After,
    double? PointsBefore,
    double? PointsAfter,
    DateTimeOffset? ComparedWith);
