using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;

namespace MetricsHub.Api.Boards;

/// <summary>Levels at an instant, as rows: the whole, its service domains, and what would move it.</summary>
internal sealed class LevelBoards(HubCatalogue catalogue, BoardReadings readings)
{
    public async Task<IReadOnlyList<LevelRow>> LevelsAsync(Organisation organisation, string? framework, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var declared = await readings.DeclaredAsync(organisation, cancellationToken);
        var found = await readings.ReadAsync(organisation, framework, at, cancellationToken);
        return found.Count == 0 ? [NotJudged(organisation, framework)] : [.. found.Select(each => ToRow(each, organisation, declared, at))];
    }

    public async Task<IReadOnlyList<ServiceDomainRow>> ServiceDomainsAsync(
        Organisation organisation, string? framework, string? serviceDomain, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = await readings.ReadAsync(organisation, framework, at, cancellationToken);
        var rows = found
            .SelectMany(each => each.Reading.Pillars.Select(pillar => ToRow(pillar, each.Reading.Framework)))
            .Where(row => string.IsNullOrEmpty(serviceDomain) || row.ServiceDomain == serviceDomain)
            .ToList();
        return rows.Count > 0 ? rows : [NoServiceDomain(organisation, framework, serviceDomain, found)];
    }

    public async Task<IReadOnlyList<ChangeRow>> ChangesAsync(Organisation organisation, string? framework, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = await readings.ReadAsync(organisation, framework, at, cancellationToken);
        var rows = found.SelectMany(each => each.Reading.Changes.Select(change => ToRow(change, each.Reading))).ToList();
        return rows.Count > 0 ? rows
            : found.Count == 0 ? [new ChangeRow(BoardWords.None, organisation.Name, framework ?? BoardWords.None, BoardWords.NotJudged, BoardWords.NobodyJudges(organisation, framework), null, null, null)]
            : [.. found.Select(each => new ChangeRow(
                BoardWords.None, organisation.Name, each.Reading.Framework.Key, BoardWords.Calculated(each.Reading.Outcome.Level),
                each.Reading.NotCalculatedBecause ?? "No change of one input alone moves the level.", null, null, null))];
    }

    private LevelRow ToRow(FrameworkReading found, Organisation organisation, DeclaredLevels declared, DateTimeOffset at)
    {
        var (reading, shown) = (found.Reading, found.Shown);
        var framework = reading.Framework;
        var next = framework.Grid.PeriodHolding(reading.Slot.End).End;
        var told = declared.ToldAt(at, organisation.Code, framework);
        return new LevelRow(
            organisation.Code.ToString(),
            organisation.Name,
            BoardWords.Simulated(catalogue.IsSimulated(organisation.Code)),
            framework.Key,
            $"{framework.Name}, version {framework.Version}{(framework.IsShadow ? " (in shadow)" : "")}",
            BoardWords.Shown(shown.Status, shown.Level),
            ShownItem.TextOf(shown),
            BoardWords.Calculated(reading.Outcome.Level),
            reading.CalculatedLevel is { } level ? $"Level {level}" : $"Not calculated: {reading.NotCalculatedBecause}",
            BoardWords.Bounds(reading.Bounds),
            BoardWords.LevelOf(reading.Bounds?.Lowest),
            BoardWords.LevelOf(reading.Bounds?.Highest),
            shown.Level > 0 ? shown.Since : null,
            reading.At,
            next,
            Math.Max(0, (long)(next - at).TotalSeconds),
            reading.ScorePercent,
            reading.ObservablePercent,
            reading.Missing.Count,
            MissingText(reading),
            FallingText(shown, framework.Hysteresis),
            told?.StatusAt(at) == DeclarationStatus.Standing ? told.Declaration.Level.ToString(CultureInfo.InvariantCulture) : BoardWords.None,
            DeclaredText(told, at),
            ExplanationEndpoints.AddressOf(organisation.Code.ToString(), framework, reading.At, asOf: null));
    }

    private static LevelRow NotJudged(Organisation organisation, string? framework)
    {
        var why = BoardWords.NobodyJudges(organisation, framework);
        return new LevelRow(
            organisation.Code.ToString(), organisation.Name, BoardWords.Simulated(organisation.Simulated), framework ?? BoardWords.None, BoardWords.None,
            BoardWords.NotJudged, why, BoardWords.NotJudged, why, BoardWords.NotJudged, null, null, null, null, null, null, null,
            ObservablePercent: 0, Missing: 0, why, why, BoardWords.None, why, $"{ApiSetup.Root}/organisations/{organisation.Code}");
    }

    private static string MissingText(EscalationReading reading) => reading.Missing.Count == 0
        ? reading.NotCalculatedBecause ?? "Every input is there."
        : string.Join("; ", reading.Missing.Select(input => $"{input.Indicator.Name}: {input.Value.Absence!.Value.ToText()}"));

    private static string FallingText(ShownLevel shown, HysteresisPolicy policy) => shown.SlotsToFall(policy) is { } slots
        ? $"to {shown.FallsTo}, after {slots} more calm slot{(slots == 1 ? "" : "s")}"
        : "not about to fall";

    private static string DeclaredText(DeclaredSpell? told, DateTimeOffset at) => DeclarationItem.ToldOf(told, at) is { } item
        ? $"{item.Text}, by {item.Actor}: {item.Reason}"
        : "Nobody declares a level.";

    private ServiceDomainRow ToRow(PillarReading pillar, Framework framework)
    {
        var outcome = pillar.Outcome;
        var bounds = outcome.Applicable > 0 ? BoardWords.Bounds(outcome.Bounds) : "there is nothing to measure";
        return new ServiceDomainRow(
            pillar.ServiceDomain,
            catalogue.ServiceDomain(pillar.ServiceDomain),
            framework.Key,
            BoardWords.Calculated(outcome.Level),
            outcome.IsCalculated ? $"Level {outcome.Level}; {bounds}" : $"Not calculated; {bounds}",
            outcome.Available > 0 ? (double)outcome.Points : null,
            (double)outcome.Available,
            (double)outcome.Applicable,
            outcome.ObservablePercent,
            outcome.Available > 0 ? 100.0 * (double)outcome.Points / (double)outcome.Available : null);
    }

    private ServiceDomainRow NoServiceDomain(Organisation organisation, string? framework, string? serviceDomain, IReadOnlyList<FrameworkReading> found) => new(
        string.IsNullOrEmpty(serviceDomain) ? BoardWords.None : serviceDomain,
        string.IsNullOrEmpty(serviceDomain) ? organisation.Name : catalogue.ServiceDomain(serviceDomain),
        framework ?? BoardWords.None,
        BoardWords.NotJudged,
        found.Count == 0 ? BoardWords.NobodyJudges(organisation, framework) : found[0].Reading.NotJudgedBecause ?? "No input of the framework tells of it.",
        Points: null, AvailablePoints: 0, ApplicablePoints: 0, ObservablePercent: 0, ScorePercent: null);

    private static ChangeRow ToRow(InputChange change, EscalationReading reading)
    {
        var (indicator, framework) = (change.Indicator, reading.Framework);
        var reach = change.EdgeIncluded ? "reaches" : "passes";
        var more = change.NumeratorChange < 0 ? "fewer" : "more";
        return new ChangeRow(
            indicator.Key,
            indicator.Name,
            framework.Key,
            BoardWords.Calculated(change.ToLevel),
            FormattableString.Invariant(
                $"{BoardWords.Value(change.Value, indicator.Unit)} {reach} {BoardWords.Value(change.Edge, indicator.Unit)}: {Math.Abs(change.NumeratorChange):0.#} {more} in the numerator"),
            change.Value,
            change.Edge,
            change.NumeratorChange);
    }
}
