using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Escalation.Explanation;

/// <summary>One statement that a level rests on, and what it is to an indicator.</summary>
internal sealed record Leaf(Indicator Indicator, OrganisationCode Contributor, LeafRole Role, RecordedStatement Statement)
{
    /// <summary>By contributor in the order of the tree, those who contribute first.</summary>
    public static IEnumerable<Leaf> Of(IndicatorReading reading) =>
        reading.Contributors
            .SelectMany(part => part.Statements.Select(statement => new Leaf(reading.Indicator, part.Organisation, LeafRole.Contributes, statement)))
            .Concat(reading.Others.SelectMany(part => part.Stated
                .Select(statement => new Leaf(reading.Indicator, part.Organisation, LeafRole.States, statement))
                .Concat((part.Last?.Statements ?? []).Select(statement => new Leaf(reading.Indicator, part.Organisation, LeafRole.Weighs, statement)))));
}

/// <summary>What a statement is to an indicator.</summary>
internal enum LeafRole
{
    /// <summary>It is in the sums.</summary>
    Contributes,

    /// <summary>It says why its organisation is not, or is all that this one states.</summary>
    States,

    /// <summary>It is in the last contribution of an organisation that lacks now: it weighs in the coverage.</summary>
    Weighs,
}
