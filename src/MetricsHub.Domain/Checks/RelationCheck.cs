using System.Globalization;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Checks;

/// <summary>Holds the numbers that a publication states of one organisation and period against each other.</summary>
internal sealed class RelationCheck(IReadOnlyList<Statement> statements, Findings findings)
{
    private readonly Dictionary<(Relation Relation, OrganisationCode Organisation, Period Period), List<int>> gathered =
        new(new ByReference());

    public void Take(int index, Relation[] relations)
    {
        foreach (var relation in relations)
        {
            var key = (relation, statements[index].Series.Organisation, statements[index].Period);
            if (!gathered.TryGetValue(key, out var indices))
            {
                gathered.Add(key, indices = new List<int>(relation.Parts.Count + 1));
            }

            indices.Add(index);
        }
    }

    /// <summary>All relations are judged before any number is refused, so that none of them hides another's finding.</summary>
    public void Judge()
    {
        var refused = new List<(int Index, CheckKinds Check, string Reason)>();
        foreach (var (key, indices) in gathered)
        {
            indices.RemoveAll(findings.Has);
            if (Problem(key.Relation, indices) is { } problem)
            {
                refused.AddRange(indices
                    .Where(index => key.Relation.Refuses.Contains(statements[index].Series.Metric))
                    .Select(index => (index, key.Relation.Kind, problem)));
            }
        }

        foreach (var (index, check, reason) in refused)
        {
            findings.Add(index, check, reason);
        }
    }

    private string? Problem(Relation relation, List<int> indices)
    {
        var (total, parts, sum) = ((double?)null, 0, 0d);

        // By metric, so that a sum of fractions does not depend on the order of the rows.
        foreach (var index in indices.OrderBy(index => statements[index].Series.Metric))
        {
            _ = statements[index].Figure.TryGetNumber(out var number);
            if (statements[index].Series.Metric == relation.Total)
            {
                total = number;
            }
            else
            {
                (parts, sum) = (parts + 1, sum + number);
            }
        }

        if (total is not { } whole || parts == 0)
        {
            return null;
        }

        var names = string.Join(" + ", relation.Parts);
        var allowed = relation.Allow == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" by more than {relation.Allow} times");
        return sum > (whole * relation.Allow) + relation.Tolerance
                ? string.Create(CultureInfo.InvariantCulture, $"{names} of {sum} exceeds {relation.Total} of {whole}{allowed}")
            : relation.MakesUp && parts == relation.Parts.Count && sum < whole - relation.Tolerance
                ? string.Create(CultureInfo.InvariantCulture, $"{names} of {sum} does not make up {relation.Total} of {whole}")
            : null;
    }

    // A relation is one object of the rules; comparing its lists would cost more than the check.
    private sealed class ByReference : IEqualityComparer<(Relation Relation, OrganisationCode Organisation, Period Period)>
    {
        public bool Equals((Relation Relation, OrganisationCode Organisation, Period Period) x, (Relation Relation, OrganisationCode Organisation, Period Period) y) =>
            ReferenceEquals(x.Relation, y.Relation) && x.Organisation == y.Organisation && x.Period == y.Period;

        public int GetHashCode((Relation Relation, OrganisationCode Organisation, Period Period) key) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Relation), key.Organisation, key.Period);
    }
}
