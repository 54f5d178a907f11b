namespace MetricsHub.Api;

/// <summary>Figures as CSV files: the columns bear the names of the JSON properties.</summary>
internal static class ObservationCsv
{
    /// <summary>How many rows a file holds at most; what is left is behind the link in its headers.</summary>
    public const int MaximumRows = 100_000;

    private static readonly string[] StatementColumns =
        ["metric", "organisation", "periodStart", "periodEnd", "value", "absence", "unit", "breakNote", "methodSince", "shared", "simulated", "publication", "row", "recordedAt"];

    private static readonly string[] LatestColumns =
        [.. StatementColumns, "ageSeconds", "stale", "missingPeriodStart", "missingPeriodEnd", "missingAbsence"];

    private static readonly string[] StepColumns =
        ["metric", "organisation", "stepStart", "stepEnd", "aggregate", "value", "count", "absences", "unit", "breakNote", "methodSince", "simulated"];

    public static CsvHttpResult<StatementItem> OfStatements(string fileName, IEnumerable<StatementItem> items, string? next) =>
        new(fileName, StatementColumns, items, Write, next);

    public static CsvHttpResult<LatestItem> OfLatest(string fileName, IEnumerable<LatestItem> items, string? next) =>
        new(fileName, LatestColumns, items, Write, next);

    public static CsvHttpResult<StepItem> OfSteps(string fileName, string aggregate, IEnumerable<StepItem> items, string? next) =>
        new(fileName, StepColumns, items, (line, item) => Write(line, item, aggregate), next);

    private static void Write(CsvLine line, StatementItem item) => line
        .Text(item.Metric)
        .Text(item.Organisation)
        .Instant(item.PeriodStart)
        .Instant(item.PeriodEnd)
        .Number(item.Value)
        .Text(item.Absence)
        .Text(item.Unit)
        .Text(item.BreakNote)
        .Date(item.MethodSince)
        .Text(item.Shared ? "true" : "false")
        .Text(item.Simulated ? "true" : "false")
        .Text(item.Publication)
        .Number((long?)item.Row)
        .Instant(item.RecordedAt);

    private static void Write(CsvLine line, LatestItem item)
    {
        Write(line, (StatementItem)item);
        line.Number((long?)item.AgeSeconds)
            .Text(item.Stale ? "true" : "false")
            .Instant(item.Missing?.PeriodStart)
            .Instant(item.Missing?.PeriodEnd)
            .Text(item.Missing?.Absence);
    }

    private static void Write(CsvLine line, StepItem item, string aggregate) => line
        .Text(item.Metric)
        .Text(item.Organisation)
        .Instant(item.StepStart)
        .Instant(item.StepEnd)
        .Text(aggregate)
        .Number(item.Value)
        .Number((long)item.Count)
        .Number((long)item.Absences)
        .Text(item.Unit)
        .Text(item.BreakNote)
        .Date(item.MethodSince)
        .Text(item.Simulated ? "true" : "false");
}
