using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Escalation.Explanation;

/// <summary>Reads a level as it is and as it would be: with other inputs, or by another framework. Nothing of it is stored.</summary>
internal sealed class WhatIfReader(HubCatalogue catalogue, EscalationReader escalation, DerivationReader derivations)
{
    /// <summary>
    /// By each framework that judges the organisation. With <paramref name="other"/> rules the reading that would be is theirs: beside that
    /// of the same framework where it judges, else beside each.
    /// </summary>
    /// <param name="other">Null for the same rules.</param>
    public async Task<WhatIfResult> ReadAsync(
        Organisation organisation, DateTimeOffset at, DateTimeOffset? asOf, FrameworkRules? other, Supposition supposed, CancellationToken cancellationToken)
    {
        var judging = escalation.FrameworksFor(organisation, at).Select(catalogue.RulesOf).ToList();
        var pairs = PairsOf(judging, other);
        var unused = supposed.Inputs.Where(input => !pairs.Exists(pair => CanUse(pair.After, organisation, at, input))).ToList();
        if (unused.Count > 0)
        {
            return new WhatIfResult([], unused);
        }

        var missing = await escalation.WhyMissingAsync(organisation, asOf, cancellationToken);
        var found = new List<WhatIfPair>();
        foreach (var (before, after) in pairs)
        {
            var statements = await derivations.FetchAsync([before, after], organisation, at, asOf, cancellationToken);
            var stands = derivations.Derive(before, organisation, SlotOf(before, at), statements, missing);

            // Another version is read as if it had always judged: it may never have, on these days.
            var basis = before == after ? stands : derivations.Derive(after, organisation, SlotOf(after, at), statements, missing, asIfAlways: true);
            found.Add(new WhatIfPair(stands, after, Suppose(basis, organisation, statements, supposed, missing)));
        }

        return new WhatIfResult(found, []);
    }

    private static List<(FrameworkRules Before, FrameworkRules After)> PairsOf(List<FrameworkRules> judging, FrameworkRules? other)
    {
        if (other is null)
        {
            return [.. judging.Select(rules => (rules, rules))];
        }

        var same = judging.FindAll(rules => rules.Framework.Key == other.Framework.Key);
        var beside = same.Count > 0 ? same : judging.Count > 0 ? judging : [other];
        return [.. beside.Select(rules => (rules, rules.Hash == other.Hash ? rules : other))];
    }

    private bool CanUse(FrameworkRules rules, Organisation organisation, DateTimeOffset at, SupposedInput input) => input switch
    {
        SupposedIndicator indicator => rules.Indicators.Any(known => known.Key == indicator.Indicator),
        SupposedFigure figure => derivations.CanUse(rules, organisation, SlotOf(rules, at), figure.Series),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "Not an input that can be supposed."),
    };

    private WhatIf Suppose(
        Derivation basis, Organisation organisation, StatementSet statements, Supposition supposed, Func<Framework, Indicator, Period, AbsenceCode> missing)
    {
        var values = supposed.Inputs.OfType<SupposedIndicator>()
            .Where(input => basis.Rules.Indicators.Any(known => known.Key == input.Indicator))
            .ToDictionary(input => input.Indicator, input => input.Value);
        var figures = supposed.Inputs.OfType<SupposedFigure>().Select(figure => Statement(figure, basis)).ToList();
        var reading = figures.Count == 0
            ? basis.Reading
            : derivations.Read(basis.Rules, organisation, basis.Reading.Slot, statements.With(figures), missing);
        return WhatIf.Of(basis.Rules, reading, basis.Fold?.Before ?? default, values);
    }

    /// <summary>In the place of the figure that goes into the reading as it stands; else for the period that closes the slot.</summary>
    private RecordedStatement Statement(SupposedFigure figure, Derivation basis)
    {
        var standing = basis.Inputs
            .SelectMany(Leaf.Of)
            .FirstOrDefault(leaf => leaf.Role == LeafRole.Contributes && leaf.Statement.Series == figure.Series);
        var period = standing?.Statement.Period ?? Grid.PeriodClosedBy(catalogue.Metrics[figure.Series.Metric].Cadence, basis.Reading.Slot.End);
        return new RecordedStatement(figure.Series, period, Figure.Of(figure.Value), 0, default(PublicationId), period.End);
    }

    private static Period SlotOf(FrameworkRules rules, DateTimeOffset at) => Grid.SlotAt(rules.Framework.Grid, at);
}

/// <summary>What is supposed.</summary>
internal sealed record Supposition(IReadOnlyList<SupposedInput> Inputs);

internal abstract record SupposedInput;

/// <param name="Value">Null for a missing input.</param>
internal sealed record SupposedIndicator(string Indicator, double? Value) : SupposedInput;

internal sealed record SupposedFigure(SeriesKey Series, double Value) : SupposedInput;

/// <param name="Unused">What goes into none of the readings: then none is made.</param>
internal sealed record WhatIfResult(IReadOnlyList<WhatIfPair> Pairs, IReadOnlyList<SupposedInput> Unused);

/// <param name="Before">As it stands.</param>
/// <param name="Rules">Those of what would be.</param>
internal sealed record WhatIfPair(Derivation Before, FrameworkRules Rules, WhatIf After);
