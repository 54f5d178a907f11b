namespace MetricsHub.Api;

/// <summary>Drift, events and health as rows.</summary>
internal static class LevelCsv
{
    public static readonly string[] DriftColumns =
        ["organisation", "framework", "start", "end", "declaredLevel", "shownLevel", "relation", "declaration", "actor", "reason"];

    public static readonly string[] EventColumns =
    [
        "organisation", "framework", "at", "track", "kind", "from", "to", "alertsAs", "lastedSeconds", "frameworkVersion", "lowestLevel", "highestLevel",
        "certain", "comparedWith", "causes", "declaration", "actor", "reason",
    ];

    public static readonly string[] HealthColumns =
        ["organisation", "framework", "frameworkVersion", "indicator", "of", "name", "seconds", "percent", "text"];

    public static void Write(CsvLine line, LevelHeading heading, DriftItem item) =>
        line.Text(heading.Organisation.Code).Text(heading.Framework).Instant(item.Start).Instant(item.End).Number((long?)item.DeclaredLevel)
            .Number((long?)item.ShownLevel).Text(item.Relation).Number(item.Declaration).Text(item.Actor).Text(item.Reason);

    public static void Write(CsvLine line, LevelHeading heading, EventItem item) =>
        line.Text(heading.Organisation.Code).Text(heading.Framework).Instant(item.At).Text(item.Track).Text(item.Kind).Number((long?)item.From)
            .Number((long?)item.To).Number((long?)item.AlertsAs).Number(item.LastedSeconds).Text(item.FrameworkVersion)
            .Number((long?)item.Bounds?.Lowest).Number((long?)item.Bounds?.Highest).Text(item.Bounds is { } bounds ? bounds.Certain ? "true" : "false" : null)
            .Instant(item.ComparedWith).Text(string.Join("; ", item.Causes.Select(TextOf)))
            .Number(item.Declaration?.Number).Text(item.Declaration?.Actor).Text(item.Declaration?.Reason);

    public static void Write(CsvLine line, LevelHeading heading, LevelHealthRow row) =>
        line.Text(heading.Organisation.Code).Text(heading.Framework).Text(row.FrameworkVersion).Text(row.Indicator).Text(row.Of).Text(row.Name)
            .Number(row.Seconds).Number(row.Percent).Text(row.Text);

    /// <summary><c>ed-4-hour-performance 1 to 2 of 3 points</c>; what is not there has no points.</summary>
    public static string TextOf(CauseItem cause) => FormattableString.Invariant(
        $"{cause.Indicator} {(cause.Kind == "moved" ? "" : cause.Kind + " ")}{PointsOf(cause.PointsBefore)} to {PointsOf(cause.PointsAfter)} of {cause.MaximumPoints} points");

    private static string PointsOf(decimal? points) => points is { } known ? FormattableString.Invariant($"{known}") : "none";
}

/// <summary>One share or finding of a level's health.</summary>
/// <param name="Indicator">Null for the level itself.</param>
/// <param name="Of">calculated, shown, held, uncertain, flap-score or chattering of the level; bands of an indicator; finding.</param>
internal sealed record LevelHealthRow(string FrameworkVersion, string? Indicator, string Of, string Name, long? Seconds, double? Percent, string? Text)
{
    public static IEnumerable<LevelHealthRow> Rows(LevelHealthItem item) =>
    [
        .. item.Calculated.Select(share => Share(item, null, "calculated", share)),
        .. item.Shown.Select(share => Share(item, null, "shown", share)),
        new LevelHealthRow(item.FrameworkVersion, null, "held", "held", null, item.HeldPercent, null),
        new LevelHealthRow(item.FrameworkVersion, null, "uncertain", "uncertain", null, item.UncertainPercent, null),
        .. Chatter(item, "calculated", item.CalculatedChatter),
        .. Chatter(item, "shown", item.ShownChatter),
        .. item.Indicators.SelectMany(input => input.Bands.Select(share => Share(item, input.Indicator, "bands", share))),
        .. item.Findings.Select(finding => new LevelHealthRow(item.FrameworkVersion, finding.Indicator, "finding", finding.Kind, null, finding.Percent, finding.Text)),
    ];

    private static LevelHealthRow Share(LevelHealthItem item, string? indicator, string of, ShareItem share) =>
        new(item.FrameworkVersion, indicator, of, share.Name, share.Seconds, share.Percent, null);

    private static IEnumerable<LevelHealthRow> Chatter(LevelHealthItem item, string level, ChatterItem chatter) =>
    [
        new LevelHealthRow(item.FrameworkVersion, null, "flap-score", level, null, chatter.FlapScore, null),
        new LevelHealthRow(item.FrameworkVersion, null, "maximum-flap-score", level, null, chatter.MaximumFlapScore, null),
        new LevelHealthRow(item.FrameworkVersion, null, "chattering", level, null, chatter.ChatteringPercent, null),
    ];
}
