using System.Globalization;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// The pieces of SQL from which reads are put together. Numbers and instants stand in the text, for DuckDB prunes row groups by
/// constants; no text from outside ever does.
/// </summary>
internal static class StatementSql
{
    public const string Columns = "series_id, period_start, period_end, value, absence, release_id, source_row";

    /// <summary>Current first; after the release that a later reading of the same publication did not replace.</summary>
    public const string ReleaseOrder = "published_at DESC NULLS LAST, revision DESC, arrival DESC, parser_version DESC, replay DESC, publication DESC";

    /// <summary>The instant, in UTC, at which the London day of an instant in UTC starts.</summary>
    public const string LondonDay = "timezone('UTC', timezone('Europe/London', date_trunc('day', timezone('Europe/London', timezone('UTC', step_start)))))";

    public const string LondonMonth = "timezone('UTC', timezone('Europe/London', date_trunc('month', timezone('Europe/London', timezone('UTC', step_start)))))";

    public static string Timestamp(DateTimeOffset instant) =>
        string.Create(CultureInfo.InvariantCulture, $"TIMESTAMP '{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'");

    public static string InRange(string column, DateTimeOffset? from, DateTimeOffset? to) =>
        (from is { } first ? $"{column} >= {Timestamp(StoreTime.RoundUp(first))}" : "true")
        + (to is { } end ? $" AND {column} < {Timestamp(StoreTime.RoundUp(end))}" : "");

    public static string OfSeries(ReadOnlySpan<int> ids, int known)
    {
        if (ids.Length == known)
        {
            return "true";
        }

        return ids.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"series_id = {ids[0]}")
            : $"series_id IN ({List(ids)})";
    }

    public static string List(ReadOnlySpan<int> ids) => string.Join(',', ids.ToArray());

    /// <summary>The current statements, in the cheapest way that is right.</summary>
    /// <param name="version">The last release that is known to the reader: a later one may be in the tables already.</param>
    public static string Current(string condition, int version, MonthState state) => state switch
    {
        MonthState.Contested => Ranked(condition, version),
        MonthState.Plain => $"{Compacted(condition)} UNION ALL {Recent(condition, version)}",
        _ => Compacted(condition),
    };

    private static string Compacted(string condition) => $"SELECT {Columns} FROM statement_current WHERE {condition}";

    private static string Recent(string condition, int version) => string.Create(
        CultureInfo.InvariantCulture, $"SELECT {Columns} FROM statement_recent WHERE {condition} AND release_id <= {version}");

    /// <summary>The current ones of all statements up to a release.</summary>
    private static string Ranked(string condition, int version) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {Columns}
        FROM (SELECT {Columns} FROM statement_current WHERE {condition}
            UNION ALL SELECT {Columns} FROM statement_recent WHERE {condition}
            UNION ALL SELECT {Columns} FROM statement_superseded WHERE {condition}) AS every
        JOIN release USING (release_id)
        WHERE release_id <= {version} AND (superseded_by IS NULL OR superseded_by > {version})
        QUALIFY row_number() OVER (PARTITION BY series_id, period_start, period_end ORDER BY {ReleaseOrder}) = 1
        """);

    /// <summary>Gathers statements into hours of UTC; the last number is that of the period which starts, then ends, last.</summary>
    public static string Hourly(string statements) =>
        $"""
        SELECT series_id, date_trunc('hour', period_start) AS step_start, count(value)::INTEGER AS numbers,
            (count(*) - count(value))::INTEGER AS absences, sum(value) AS total, min(value) AS minimum, max(value) AS maximum,
            arg_max(value, (period_start, period_end)) AS last
        FROM ({statements}) AS statements GROUP BY 1, 2
        """;

    /// <summary>Gathers hours into longer steps.</summary>
    public static string Longer(string hours, string step) =>
        $"""
        SELECT series_id, {step} AS step_start, sum(numbers)::INTEGER AS numbers, sum(absences)::INTEGER AS absences,
            sum(total) AS total, min(minimum) AS minimum, max(maximum) AS maximum, arg_max(last, hours.step_start) AS last
        FROM ({hours}) AS hours GROUP BY 1, 2
        """;
}
