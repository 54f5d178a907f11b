using System.Globalization;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>The way of a level through a time, in as many steps as a chart can show.</summary>
internal sealed class HistoryBoard(LevelHistory history, BoardReadings readings, BoardKeeper keeper)
{
    public async Task<IReadOnlyList<HistoryRow>> ReadAsync(
        Organisation organisation, string framework, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // A dashboard asks for other milliseconds each time, and means the same slots.
        var (start, end) = (Cadence.QuarterHour.PeriodHolding(from).Start, Grid.SlotAt(Cadence.QuarterHour, to).End);
        var declared = (await readings.DeclaredAsync(organisation, cancellationToken)).Beside(organisation.Code, framework);
        if (start >= end)
        {
            return [Nothing(end, declared, "No slot has ended between from and to yet.")];
        }

        var window = new Period(start, end);
        var step = BoardSteps.Of(window);
        var found = await keeper.CurrentAsync(
            ("history", organisation.Code, framework, window), () => FindAsync(organisation, framework, window, step), cancellationToken);
        return found.Count > 0
            ? [.. found.Select(reading => ToRow(reading, declared))]
            : [Nothing(window.End, declared, BoardWords.NobodyJudges(organisation, framework))];
    }

    private static HistoryRow Nothing(DateTimeOffset at, IReadOnlyList<DeclaredSpell> declared, string why) => new(
        at, BoardWords.NotJudged, BoardWords.NotJudged, DeclaredAt(at, declared), null, null, null, ObservablePercent: 0, UncertainPercent: 0, Readings: 0, BoardWords.None, why);

    private async Task<IReadOnlyList<HistoryReading>> FindAsync(Organisation organisation, string framework, Period window, Step? step)
    {
        var found = new List<HistoryReading>();
        foreach (var version in readings.VersionsOf(framework, organisation))
        {
            found.AddRange(await history.ReadAsync(version, organisation, window.Start, window.End, step, asOf: null, CancellationToken.None));
        }

        found.Sort((one, other) => one.At.CompareTo(other.At));
        return found;
    }

    private static HistoryRow ToRow(HistoryReading reading, IReadOnlyList<DeclaredSpell> declared)
    {
        var outcome = reading.Outcome;
        var isJudged = reading.NotJudgedBecause is null;
        return new HistoryRow(
            reading.At,
            !isJudged ? BoardWords.NotJudged : BoardWords.Calculated(outcome.IsCalculated ? reading.Found.HighestLevel : 0),
            !isJudged ? BoardWords.NotJudged : BoardWords.Shown(reading.Shown.Status, reading.Found.HighestShownLevel),
            DeclaredAt(reading.At, declared),
            BoardWords.LevelOf(reading.Bounds?.Lowest),
            BoardWords.LevelOf(reading.Bounds?.Highest),
            outcome.Available > 0 ? 100.0 * (double)outcome.Points / (double)outcome.Available : null,
            outcome.ObservablePercent,
            100.0 * reading.Found.Uncertain / reading.Found.Readings,
            reading.Found.Readings,
            reading.Framework.Version,
            reading.NotCalculatedBecause ?? BoardWords.None);
    }

    private static string DeclaredAt(DateTimeOffset at, IReadOnlyList<DeclaredSpell> spells) =>
        spells.LastOrDefault(spell => spell.Start <= at && at < spell.End) is { } standing
            ? standing.Declaration.Level.ToString(CultureInfo.InvariantCulture)
            : BoardWords.None;
}
