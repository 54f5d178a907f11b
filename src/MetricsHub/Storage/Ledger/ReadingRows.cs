using System.Data.Common;
using System.Globalization;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Storage.Ledger;

/// <summary>Rows of the table of readings, read by position.</summary>
internal static class ReadingRows
{
    public const string Names = "framework_key, framework_version, organisation, recorded_at, rules_hash";

    /// <summary>The columns of an outcome and of what is shown at it, in the order of <see cref="Outcome"/>.</summary>
    public const string Columns =
        """
        slot_end, why, level, lowest_level, highest_level, indicators, service_domains, score, worst_score, points, available, applicable,
        shown_status, shown_level, shown_since, calm_slots, falls_to, slots_without_level
        """;

    public static ShownOutcome Outcome(DbDataReader row) => new(
        StoreTime.From(row.GetDateTime(0)),
        new SlotOutcome(
            (NoLevel)row.GetInt32(1), (byte)row.GetInt32(2), (byte)row.GetInt32(3), (byte)row.GetInt32(4), (byte)row.GetInt32(5), (byte)row.GetInt32(6),
            Number(row, 7), Number(row, 8), Number(row, 9), Number(row, 10), Number(row, 11)),
        new ShownLevel(
            (ShownStatus)row.GetInt32(12), (byte)row.GetInt32(13), StoreTime.From(row.GetDateTime(14)), row.GetInt32(15), (byte)row.GetInt32(16), row.GetInt32(17)));

    /// <summary>The same columns of many outcomes, one list for each.</summary>
    public static object?[] Lists(IReadOnlyList<ShownOutcome> outcomes) =>
    [
        outcomes.Select(found => StoreTime.From(found.At)).ToList(),
        Integers(outcomes, found => (int)found.Outcome.Why),
        Integers(outcomes, found => found.Outcome.Level),
        Integers(outcomes, found => found.Outcome.LowestLevel),
        Integers(outcomes, found => found.Outcome.HighestLevel),
        Integers(outcomes, found => found.Outcome.Indicators),
        Integers(outcomes, found => found.Outcome.ServiceDomains),
        Numbers(outcomes, found => found.Outcome.Score),
        Numbers(outcomes, found => found.Outcome.WorstScore),
        Numbers(outcomes, found => found.Outcome.Points),
        Numbers(outcomes, found => found.Outcome.Available),
        Numbers(outcomes, found => found.Outcome.Applicable),
        Integers(outcomes, found => (int)found.Shown.Status),
        Integers(outcomes, found => found.Shown.Level),
        outcomes.Select(found => StoreTime.From(found.Shown.Since)).ToList(),
        Integers(outcomes, found => found.Shown.CalmSlots),
        Integers(outcomes, found => found.Shown.FallsTo),
        Integers(outcomes, found => found.Shown.SlotsWithoutLevel),
    ];

    private static List<int> Integers(IReadOnlyList<ShownOutcome> outcomes, Func<ShownOutcome, int> part) => [.. outcomes.Select(part)];

    private static List<string> Numbers(IReadOnlyList<ShownOutcome> outcomes, Func<ShownOutcome, decimal> part) =>
        [.. outcomes.Select(found => part(found).ToString(CultureInfo.InvariantCulture))];

    private static decimal Number(DbDataReader row, int at) => decimal.Parse(row.GetString(at), CultureInfo.InvariantCulture);
}
