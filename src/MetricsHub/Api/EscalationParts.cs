namespace MetricsHub.Api;

/// <summary>One organisation's part of an indicator.</summary>
/// <param name="Organisation">Its ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Numerator">Its part of the numerator.</param>
/// <param name="Denominator">Its part of the denominator.</param>
/// <param name="Rows">The rows of publications that its figures stand in.</param>
internal sealed record ContributorItem(string Organisation, string Name, double Numerator, double Denominator, IReadOnlyList<RowItem> Rows);

/// <summary>A row of a publication, and what was read from it.</summary>
/// <param name="Publication">The publication's id.</param>
/// <param name="Row">The row, counted from 1.</param>
/// <param name="RecordedAt">When the hub learnt it.</param>
/// <param name="Figures">The figures read from it.</param>
internal sealed record RowItem(string Publication, int Row, DateTimeOffset RecordedAt, IReadOnlyList<FigureItem> Figures);

/// <summary>A figure.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="Value">The number.</param>
internal sealed record FigureItem(string Metric, double Value);

/// <summary>An organisation left out of an indicator.</summary>
/// <param name="Organisation">Its ODS code.</param>
/// <param name="Missing">The figures that it lacks.</param>
internal sealed record IncompleteItem(string Organisation, IReadOnlyList<MissingFigureItem> Missing);

/// <summary>A figure that is not there.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="Absence">Why: a coded absence; null where nothing was stated at all.</param>
internal sealed record MissingFigureItem(string Metric, string? Absence);

/// <summary>An input that should be there and is not.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="Absence">not-due, late, source-down (due, and the source could not be read since), or rejected where all that lacks was refused.</param>
/// <param name="MaximumPoints">The points that cannot be observed.</param>
/// <param name="LastPeriodStart">The start of the newest period that anybody states it for; null where nobody ever did.</param>
/// <param name="LastPeriodEnd">Its end, exclusive.</param>
/// <param name="AgeSeconds">How long before the instant asked for that period ended.</param>
/// <param name="CoveragePercent">
/// How much of what is expected is there, weighed by denominators; below the framework's minimum the input counts as missing. Null where
/// nobody ever stated a denominator.
/// </param>
/// <param name="Silent">Organisations that could state it and state nothing for the period.</param>
/// <param name="Incomplete">Organisations that state some of its figures and not all.</param>
internal sealed record MissingItem(
    string Indicator,
    string Name,
    string ServiceDomain,
    string Absence,
    decimal MaximumPoints,
    DateTimeOffset? LastPeriodStart,
    DateTimeOffset? LastPeriodEnd,
    long? AgeSeconds,
    double? CoveragePercent,
    IReadOnlyList<string> Silent,
    IReadOnlyList<IncompleteItem> Incomplete);

/// <summary>An input that there is nothing to measure for: out of the maximum.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
internal sealed record NotApplicableItem(string Indicator, string Name, string ServiceDomain);
