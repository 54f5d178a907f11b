namespace MetricsHub.Api;

/// <summary>One input of a level.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="State">present, missing or not-applicable.</param>
/// <param name="Absence">Of a missing one not-due, late, source-down or rejected, by what is known at the instant of knowing; else null.</param>
/// <param name="Formulas">How it is made, in order of preference; each organisation by the first whose metrics it states.</param>
/// <param name="Value">Numerator over denominator, times what it is for; null where it is not present.</param>
/// <param name="Unit">The unit of the value; share is a fraction of 1.</param>
/// <param name="Numerator">The sum over the contributors.</param>
/// <param name="Denominator">The sum over the contributors.</param>
/// <param name="Words">The same as a sum that can be done by hand.</param>
/// <param name="CoveragePercent">How much of what is expected is there; below the framework's minimum the input is missing. Null where nothing has weight.</param>
/// <param name="Points">The points scored, its weight included; null where it is not present.</param>
/// <param name="MaximumPoints">The most it can score.</param>
/// <param name="Band">The band that the value falls into, with its provenance; null where it is not present.</param>
/// <param name="Parameter">All of its bands, its weight and its maximum age, with the provenance of each.</param>
/// <param name="LowSample">Whether it is a since-midnight measure read too soon after midnight to rest on much.</param>
/// <param name="Organisations">Everybody who could contribute: those who do first, then the others.</param>
internal sealed record ExplainedInputItem(
    string Indicator,
    string Name,
    string ServiceDomain,
    string State,
    string? Absence,
    IReadOnlyList<string> Formulas,
    double? Value,
    string Unit,
    double Numerator,
    double Denominator,
    string Words,
    double? CoveragePercent,
    decimal? Points,
    decimal MaximumPoints,
    BandItem? Band,
    ParameterItem Parameter,
    bool LowSample,
    IReadOnlyList<ExplainedPartItem> Organisations);

/// <summary>One organisation's part of an input.</summary>
/// <param name="Organisation">Its ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">
/// contributes; closed (it states that nothing is due); out-of-hours (silent while its service is closed); lacks (some or all of what it
/// should state is not there); unheard (it never stated anything).
/// </param>
/// <param name="Numerator">Its part of the numerator, or what it last contributed where it lacks; null where there is neither.</param>
/// <param name="Denominator">The same of the denominator: what it weighs in the coverage.</param>
/// <param name="Observations">The statements that this rests on.</param>
internal sealed record ExplainedPartItem(
    string Organisation, string Name, string Status, double? Numerator, double? Denominator, IReadOnlyList<ExplainedObservationItem> Observations);

/// <summary>One statement of one publication.</summary>
/// <param name="Role">contributes (it is in the sums); states (it says why its organisation is not); weighs (in the coverage, as the last contribution of one that lacks).</param>
/// <param name="Metric">The metric's key.</param>
/// <param name="PeriodStart">The start of its period.</param>
/// <param name="PeriodEnd">Its end, exclusive.</param>
/// <param name="Value">The number; null where it is an absence.</param>
/// <param name="Absence">The coded absence that is stated; null where it is a number.</param>
/// <param name="Publication">The publication's id: the SHA-256 of its bytes.</param>
/// <param name="FileName">Its file's name; null where the ledger does not know it.</param>
/// <param name="Source">The key of its source; null where the ledger does not know it.</param>
/// <param name="Row">The row, counted from 1.</param>
/// <param name="RecordedAt">When this hub learnt it; decides nothing.</param>
internal sealed record ExplainedObservationItem(
    string Role,
    string Metric,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd,
    double? Value,
    string? Absence,
    string Publication,
    string? FileName,
    string? Source,
    int Row,
    DateTimeOffset RecordedAt);
