namespace MetricsHub.Api.Boards;

/// <summary>One input of a level: what it is, or why it is not there.</summary>
/// <param name="Indicator">The indicator's key; none where no framework judges the organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="ServiceDomainName">The name of that service domain.</param>
/// <param name="State">present; missing; not applicable; not judged.</param>
/// <param name="Text">Its value with the unit; or why it is not there.</param>
/// <param name="Value">Numerator over denominator; null where it is not there, which is never a zero.</param>
/// <param name="Unit">The unit of the value; share is a fraction of 1.</param>
/// <param name="Points">The points scored, its weight included; null where it is not there.</param>
/// <param name="MaximumPoints">The most that it can score; null where it does not apply.</param>
/// <param name="PointsPercent">Points over the most that it can score, in percent; null where it is not there.</param>
/// <param name="Band">The range of the band that the value falls into, or that there is none.</param>
/// <param name="Provenance">Where the band comes from: quoted, derived, inferred, memory, local-placeholder; none where there is no band.</param>
/// <param name="PeriodEnd">The end of the oldest period that it is made of; of a missing one the newest there ever was; null where there never was one.</param>
/// <param name="AgeSeconds">How long before the instant asked for that was.</param>
/// <param name="CoveragePercent">How much of what is expected is there, weighed by denominators; null where nobody ever stated a denominator.</param>
/// <param name="Lacks">Who has stated it within a year and states nothing, or only a part of it; and how many of a kind that could never did.</param>
/// <param name="Sources">The sources that state its metrics.</param>
/// <param name="Link">The address of the explanation.</param>
internal sealed record InputRow(
    string Indicator,
    string Name,
    string Framework,
    string ServiceDomain,
    string ServiceDomainName,
    string State,
    string Text,
    double? Value,
    string Unit,
    double? Points,
    double? MaximumPoints,
    double? PointsPercent,
    string Band,
    string Provenance,
    DateTimeOffset? PeriodEnd,
    long? AgeSeconds,
    double? CoveragePercent,
    string Lacks,
    string Sources,
    string Link);

/// <summary>A single observation behind a level; or somebody who could have stated one and did not.</summary>
/// <param name="Indicator">The indicator's key; none where there is no input.</param>
/// <param name="IndicatorName">Its name.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="Organisation">Whose figure it is: an ODS code.</param>
/// <param name="Name">That organisation's name.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="Metric">The metric's key; none where nothing is stated.</param>
/// <param name="State">stated; silent (nothing is stated for the period); incomplete (some of the figures are stated and not all); closed (nothing is due); never stated (by its kind it could be, and has not been for a year); not judged.</param>
/// <param name="Text">The number with its unit; or what is not there, and why.</param>
/// <param name="Value">The number; null where there is none, which is never a zero.</param>
/// <param name="Unit">The metric's unit.</param>
/// <param name="PeriodStart">The start of the period that it is about; null where nothing is stated.</param>
/// <param name="PeriodEnd">The end of that period, exclusive.</param>
/// <param name="RecordedAt">When the hub learnt it.</param>
/// <param name="Publication">The id of the publication that states it; none where none does.</param>
/// <param name="Row">The row of the publication, counted from 1.</param>
/// <param name="Link">The address of the observation; of one that is not there that of the organisation's newest figures.</param>
internal sealed record FigureRow(
    string Indicator,
    string IndicatorName,
    string Framework,
    string Organisation,
    string Name,
    string Simulated,
    string Metric,
    string State,
    string Text,
    double? Value,
    string Unit,
    DateTimeOffset? PeriodStart,
    DateTimeOffset? PeriodEnd,
    DateTimeOffset? RecordedAt,
    string Publication,
    int? Row,
    string Link);
