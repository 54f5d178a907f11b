using System.Security.Cryptography;
using System.Text;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Domain.Escalation;

/// <summary>Everything that a level rests on: the rules, what is shown before, the inputs down to each statement, and the outcome.</summary>
/// <remarks>
/// The hashes are over what decides, written canonically: which publication says what in which row, absences that are stated, who could
/// have contributed and how each stands, and the level shown at the slot before, which stands for all earlier slots. Not over when the hub
/// learnt it, in which order it came, or whether what nobody stated is <c>late</c> or its source down: these depend on a hub's clock, and
/// decide nothing. So two hubs that have read the same publications by the same rules and catalogue come to the same hash, bit for bit.
/// </remarks>
public sealed class Derivation
{
    /// <param name="fold">Null where the organisation is not judged, or no slot up to this one has a figure.</param>
    public Derivation(FrameworkRules rules, EscalationReading reading, Fold? fold)
    {
        (Rules, Reading, Fold) = (rules, reading, fold);
        InputsHash = HashOf(new DecidingInputs(
            reading.Organisation.ToString(), reading.Slot.Start, reading.Slot.End, reading.NotJudgedBecause is null, fold?.Before ?? default, [.. Inputs.Select(DecidingInput.Of)]));
        Hash = HashOf(new Whole(EngineVersion.Current, rules.Hash, InputsHash, reading.Outcome, Shown));
    }

    public FrameworkRules Rules { get; }

    public EscalationReading Reading { get; }

    public Fold? Fold { get; }

    public ShownLevel Shown => Fold?.Shown ?? default;

    /// <summary>Every input, in the order of the framework's parameters.</summary>
    public IEnumerable<IndicatorReading> Inputs =>
        from parameter in Rules.Framework.Parameters
        from reading in Reading.Contributions.Select(contribution => contribution.Reading).Concat(Reading.Missing).Concat(Reading.NotApplicable)
        where reading.Indicator.Key == parameter.Indicator
        select reading;

    /// <summary>SHA-256 of what decides of the inputs, as 64 lower-case hexadecimal digits.</summary>
    public string InputsHash { get; }

    /// <summary>SHA-256 of engine version, rules, inputs and what came out of them, as 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    private static string HashOf<T>(T content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(content))));

    private sealed record Whole(string Engine, string Rules, string Inputs, SlotOutcome Outcome, ShownLevel Shown);

    private sealed record DecidingInputs(
        string Organisation, DateTimeOffset Start, DateTimeOffset End, bool Judged, ShownLevel Before, IReadOnlyList<DecidingInput> Inputs);

    private sealed record DecidingInput(string Indicator, IReadOnlyList<DecidingPart> Parts)
    {
        public static DecidingInput Of(IndicatorReading reading) => new(
            reading.Indicator.Key,
            [
                .. reading.Contributors
                    .Select(part => new DecidingPart(part.Organisation.ToString(), ContributorStatus.Contributes, Figures(part.Statements), []))
                    .Concat(reading.Others.Select(part => new DecidingPart(
                        part.Organisation.ToString(), part.Status, Figures(part.Stated), Figures(part.Last?.Statements ?? []))))
                    .OrderBy(part => part.Organisation, StringComparer.Ordinal),
            ]);

        private static List<DecidingFigure> Figures(IReadOnlyList<RecordedStatement> statements) =>
            [.. statements.OrderBy(statement => statement.Series.Metric).ThenBy(statement => statement.Period).Select(DecidingFigure.Of)];
    }

    private sealed record DecidingPart(
        string Organisation, ContributorStatus Status, IReadOnlyList<DecidingFigure> Figures, IReadOnlyList<DecidingFigure> Last);

    private sealed record DecidingFigure(
        string Metric, DateTimeOffset Start, DateTimeOffset End, double? Number, AbsenceCode? Absence, string Publication, int Row)
    {
        public static DecidingFigure Of(RecordedStatement statement) => new(
            statement.Series.Metric.ToString(),
            statement.Period.Start,
            statement.Period.End,
            statement.Figure.TryGetNumber(out var number) ? number : null,
            statement.Figure.Absence,
            statement.Publication.ToString(),
            statement.Row);
    }
}
