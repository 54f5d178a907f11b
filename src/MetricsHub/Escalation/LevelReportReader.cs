using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Escalation;

/// <summary>Whose level over which time.</summary>
/// <param name="Versions">The versions of one framework; at least one.</param>
/// <param name="Window">The time; events and slots that end at its end are in it.</param>
/// <param name="AsOf">Only what had been recorded by then; null for what is known now.</param>
internal sealed record LevelQuestion(Organisation Organisation, IReadOnlyList<Framework> Versions, Period Window, DateTimeOffset? AsOf)
{
    public string Framework => Versions[0].Key;
}

/// <summary>A change of a level with what moved it.</summary>
/// <param name="Absences">Why inputs are missing that were there before, by indicator.</param>
internal sealed record ExplainedEvent(LevelEvent Event, IReadOnlyList<InputMove> Causes, IReadOnlyDictionary<string, AbsenceCode> Absences);

/// <summary>The health of a level under one version of a framework.</summary>
internal sealed record VersionHealth(Framework Framework, LevelHealth Health, Chatter Calculated, Chatter Shown, IReadOnlyList<StandingFinding> Findings);

/// <summary>Reads what became of a level: how it agreed with what was declared, where it changed and why, and whether it tells anything.</summary>
internal sealed class LevelReportReader(HubCatalogue catalogue, EscalationReader escalation, DeclarationReader declarations)
{
    private static readonly Dictionary<string, AbsenceCode> NoAbsences = [];

    public async Task<DriftReport> ReadDriftAsync(LevelQuestion question, CancellationToken cancellationToken)
    {
        var outcomes = new List<ShownOutcome>();
        foreach (var path in await FollowAsync(question, cancellationToken))
        {
            outcomes.AddRange(path.Outcomes);
        }

        var declared = await declarations.ReadAsync(question.Organisation.Code, question.AsOf, cancellationToken);
        return DriftReport.Of(
            declared.Beside(question.Organisation.Code, question.Framework), [.. outcomes.OrderBy(outcome => outcome.At)], question.Window);
    }

    /// <summary>Every change within the window, oldest first. Outcomes are gone over to find them; what moved is looked up at the changes alone.</summary>
    public async Task<IReadOnlyList<ExplainedEvent>> ReadEventsAsync(LevelQuestion question, CancellationToken cancellationToken)
    {
        var paths = await FollowAsync(question, cancellationToken);
        var all = paths.SelectMany(path => path.Outcomes.Select(outcome => new VersionedOutcome(path.Framework.Version, outcome))).OrderBy(found => found.Reading.At);
        var changes = LevelEvents.Of([.. all]).Where(found => IsWithin(found.At, question.Window)).ToList();
        var causes = paths.SelectMany(path => Explain(path, changes)).ToDictionary(found => found.Event);
        var declared = await declarations.ReadAsync(question.Organisation.Code, question.AsOf, cancellationToken);
        return
        [
            .. LevelEvents.Of(declared.Beside(question.Organisation.Code, question.Framework), version: "", question.Window.End)
                .Where(found => IsWithin(found.At, question.Window))
                .Concat(changes)
                .OrderBy(found => found.At)
                .Select(found => causes.GetValueOrDefault(found) ?? new ExplainedEvent(found, [], NoAbsences)),
        ];
    }

    /// <summary>For each version that judged within the window, oldest first: levels of two versions are never told as one.</summary>
    public async Task<IReadOnlyList<VersionHealth>> ReadHealthAsync(LevelQuestion question, CancellationToken cancellationToken)
    {
        var found = new List<VersionHealth>();
        foreach (var path in await FollowAsync(question, cancellationToken))
        {
            var shown = path.Outcomes.ToDictionary(outcome => outcome.At, outcome => outcome.Shown);
            var slots = Grid.SlotsBetween(path.Framework.Grid, question.Window.Start, question.Window.End).Where(slot => IsJudged(path.Framework, question.Organisation, slot));
            HealthSlot[] health = [.. path.InputsOf(slots).Select(inputs => new HealthSlot(inputs, shown.GetValueOrDefault(inputs.Slot.End)))];
            if (health.Length > 0)
            {
                found.Add(Judge(path, LevelHealth.Of(path.Framework, health), health[0].Inputs.Slot.End));
            }
        }

        return found;
    }

    private VersionHealth Judge(EscalationPath path, LevelHealth health, DateTimeOffset first)
    {
        var before = path.Outcomes.TakeWhile(outcome => outcome.At < first).Count();
        var rules = catalogue.LevelHealth;
        return new VersionHealth(
            path.Framework,
            health,
            Chatter.Of([.. path.Outcomes.Select(outcome => (int)outcome.Outcome.Level)], before, rules.Chatter),
            Chatter.Of([.. path.Outcomes.Select(outcome => outcome.Shown.Status is ShownStatus.Known or ShownStatus.Held ? outcome.Shown.Level : 0)], before, rules.Chatter),
            rules.Standing.Find(health, indicator => catalogue.Indicators[indicator].Name));
    }

    private static IEnumerable<ExplainedEvent> Explain(EscalationPath path, List<LevelEvent> changes)
    {
        var compared = changes.Where(found => found.Version == path.Framework.Version && found.ComparedWith is not null).ToList();
        var slots = compared
            .SelectMany(found => new[] { found.At, found.ComparedWith!.Value })
            .Distinct()
            .Order()
            .Select(at => Grid.SlotAt(path.Framework.Grid, at));
        var inputs = path.InputsOf(slots).ToDictionary(found => found.Slot.End, found => found.Inputs);
        foreach (var found in compared)
        {
            var moves = InputMove.Between(path.Scorer, inputs[found.ComparedWith!.Value], inputs[found.At]);
            yield return new ExplainedEvent(found, moves, moves.Any(move => move.Kind == InputMoveKind.BecameMissing) ? AbsencesAt(path, found.At) : NoAbsences);
        }
    }

    private static Dictionary<string, AbsenceCode> AbsencesAt(EscalationPath path, DateTimeOffset at) =>
        path.Explain(Grid.SlotAt(path.Framework.Grid, at)).Missing.ToDictionary(missing => missing.Indicator.Key, missing => missing.Value.Absence!.Value);

    private async Task<IReadOnlyList<EscalationPath>> FollowAsync(LevelQuestion question, CancellationToken cancellationToken)
    {
        var paths = new List<EscalationPath>();
        foreach (var version in question.Versions.OrderBy(version => version.Valid.From ?? DateOnly.MinValue))
        {
            paths.Add(await escalation.FollowAsync(version, question.Organisation, question.Window.End, question.AsOf, cancellationToken));
        }

        return paths;
    }

    private bool IsJudged(Framework framework, Organisation organisation, Period slot) =>
        LondonCalendar.LastDayOf(slot) is var day && framework.IsInForce(organisation.Code, day, catalogue.Organisations) && organisation.Valid.Contains(day);

    private static bool IsWithin(DateTimeOffset at, Period window) => window.Start <= at && at <= window.End;
}
