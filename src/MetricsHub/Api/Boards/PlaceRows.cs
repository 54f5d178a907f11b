namespace MetricsHub.Api.Boards;

/// <summary>A framework that may judge an organisation.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Grid">How far apart its readings stand: quarter-hour, day, month, quarter.</param>
internal sealed record FrameworkRow(string Key, string Name, string Grid);

/// <summary>An organisation, to choose it.</summary>
/// <param name="Code">Its ODS code.</param>
/// <param name="Name">Its name and code, and that it is simulated where it is.</param>
/// <param name="Kind">nation, region, system, place, provider, practice or site.</param>
internal sealed record OrganisationRow(string Code, string Name, string Kind);

/// <summary>An organisation directly below another one, and how it stands.</summary>
/// <param name="Organisation">Its ODS code; that of the one asked for where nothing lies below.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">nation, region, system, place, provider, practice or site; none where nothing lies below.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="Level">The shown level by the finest framework that judges it: 1 to 4; "3 held"; unknown; never known; not judged.</param>
/// <param name="LevelText">The same in words, with the framework; or why there is none.</param>
/// <param name="Figures">How many newest figures are stated of it and everything below it.</param>
/// <param name="Stale">How many of them are no longer current.</param>
/// <param name="Absent">How many of them are absences.</param>
/// <param name="Text">The three in words: none is not the same as none stale.</param>
internal sealed record BelowRow(
    string Organisation, string Name, string Kind, string Simulated, string Level, string LevelText, int Figures, int Stale, int Absent, string Text);

/// <summary>The newest figure of one series.</summary>
/// <param name="Metric">The metric's key; none where nothing is stated of the organisation itself.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The name of the service domain that it tells of.</param>
/// <param name="State">current; stale (a newer one should be there); absent (stated as not being there); none.</param>
/// <param name="Text">The number with its unit; or why there is none.</param>
/// <param name="Value">The number; null where there is none, which is never a zero.</param>
/// <param name="Unit">The metric's unit.</param>
/// <param name="PeriodEnd">The end of its period; null where nothing is stated.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="Reason">What should be there and is not; none where it is current.</param>
/// <param name="Link">The address of the series.</param>
internal sealed record LatestRow(
    string Metric,
    string Name,
    string ServiceDomain,
    string State,
    string Text,
    double? Value,
    string Unit,
    DateTimeOffset? PeriodEnd,
    long? AgeSeconds,
    string Reason,
    string Link);

/// <summary>What is free at one place; or that nobody ever stated it.</summary>
/// <param name="Organisation">The place's ODS code; that of the organisation asked for where nobody states it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="ServiceDomain">The key of the service domain.</param>
/// <param name="Measure">What is free: its name.</param>
/// <param name="Status">known; stale; unknown; closed; not-applicable; nowhere (nobody at or below the organisation ever stated it).</param>
/// <param name="Text">What is free of how much; or why it is not known. A figure of that instant, and no offer.</param>
/// <param name="Free">How much is free, below zero where more is used than there is; null where it is not known, which is neither zero nor full.</param>
/// <param name="Capacity">How much there is; null where it is not known, or not stated.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="PeriodEnd">The end of the figures' period; null where there never were any.</param>
/// <param name="AgeSeconds">How long before the instant that was.</param>
internal sealed record HeadroomRow(
    string Organisation,
    string Name,
    string Simulated,
    string ServiceDomain,
    string Measure,
    string Status,
    string Text,
    double? Free,
    double? Capacity,
    string Unit,
    DateTimeOffset? PeriodEnd,
    long? AgeSeconds);
