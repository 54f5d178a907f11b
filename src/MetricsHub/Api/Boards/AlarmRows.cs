namespace MetricsHub.Api.Boards;

/// <summary>A level that somebody has to be told of. Of a level that nobody knows any more it is the one known last, or more.</summary>
/// <param name="Organisation">The organisation's ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="Level">1 (least pressure) to 4.</param>
internal sealed record LevelAlarmRow(string Organisation, string Name, string Framework, string Simulated, int Level);

/// <summary>How uncertain a level is.</summary>
/// <param name="Organisation">The organisation's ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="Spread">How many levels lie between the lowest and the highest that it may be: 0 where it is certain, 3 where nothing is known.</param>
internal sealed record UncertainAlarmRow(string Organisation, string Name, string Framework, string Simulated, int Spread);

/// <summary>For how long a source has owed its figures.</summary>
/// <param name="Source">The source's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="OverdueMinutes">
/// For how long the next figures have been due, or it could not be read, or (never looked at, or nothing ever stored of it) the hub has run; 0
/// where it is fresh.
/// </param>
internal sealed record SourceAlarmRow(string Source, string Name, string Simulated, double OverdueMinutes);

/// <summary>For how long the hub has said nothing new.</summary>
/// <param name="Framework">A framework that judges every quarter of an hour.</param>
/// <param name="SilentMinutes">How long ago the newest slot ended whose levels are evaluated; where none is, for how long the hub has run.</param>
internal sealed record SilenceAlarmRow(string Framework, double SilentMinutes);
