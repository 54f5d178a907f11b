using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Checks;

/// <summary>Where a metric stands in a relation: at the place of a part, or after the parts as the total.</summary>
internal sealed class Side(Relation relation, MetricKey metric)
{
    public Relation Relation { get; } = relation;

    /// <summary>Negative where the metric stands nowhere in it.</summary>
    public int Place { get; } = relation.Total == metric ? relation.Parts.Count : relation.Parts.ToList().IndexOf(metric);
}

/// <summary>Holds the numbers that a publication states of one organisation and period against each other.</summary>
internal sealed class RelationCheck(IReadOnlyList<Statement> statements, Findings findings)
{
    private const int Nowhere = -1;

    // By relation, then the index of the statement at each place.
    private readonly Dictionary<Relation, Dictionary<(OrganisationCode Organisation, Period Period), int[]>> gathered = new(ReferenceEqualityComparer.Instance);

    public void Take(int index, Side[] sides)
    {
        var statement = statements[index];
        foreach (var side in sides)
        {
            if (!gathered.TryGetValue(side.Relation, out var groups))
            {
                gathered.Add(side.Relation, groups = []);
            }

            if (!groups.TryGetValue((statement.Series.Organisation, statement.Period), out var places))
            {
                places = new int[side.Relation.Parts.Count + 1];
                Array.Fill(places, Nowhere);
                groups.Add((statement.Series.Organisation, statement.Period), places);
            }

            places[side.Place] = index;
        }
    }

    /// <summary>All relations are judged before any number is refused, so that none of them hides another's finding.</summary>
    public void Judge()
    {
        var refused = new List<(int Index, CheckKinds Check, string Reason)>();
        foreach (var (relation, groups) in gathered)
        {
            foreach (var places in groups.Values)
            {
                if (Problem(relation, places) is { } problem)
                {
                    refused.AddRange(places
                        .Where(index => IsThere(index) && relation.Refuses.Contains(statements[index].Series.Metric))
                        .Select(index => (index, relation.Kind, problem)));
                }
            }
        }

        foreach (var (index, check, reason) in refused)
        {
            findings.Add(index, check, reason);
        }
    }

    private bool IsThere(int index) => index != Nowhere && !findings.Has(index);

    private string? Problem(Relation relation, int[] places)
    {
        if (!IsThere(places[^1]))
        {
            return null;
        }

        // In the order of the rule, so that a sum of fractions does not depend on the order of the rows.
        var (parts, sum) = (0, 0d);
        foreach (var index in places.AsSpan()[..^1])
        {
            if (IsThere(index))
            {
                (parts, sum) = (parts + 1, sum + NumberOf(index));
            }
        }

        var total = NumberOf(places[^1]);
        return parts == 0 ? null
            : sum > (total * relation.Allow) + relation.Tolerance ? Exceeds(relation, sum, total)
            : relation.MakesUp && parts == relation.Parts.Count && sum < total - relation.Tolerance
                ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(" + ", relation.Parts)} of {sum} does not make up {relation.Total} of {total}")
            : null;
    }

    private static string Exceeds(Relation relation, double sum, double total)
    {
        var allowed = relation.Allow == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" by more than {relation.Allow} times");
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(" + ", relation.Parts)} of {sum} exceeds {relation.Total} of {total}{allowed}");
    }

    private double NumberOf(int index) => statements[index].Figure.TryGetNumber(out var number) ? number : double.NaN;
}
