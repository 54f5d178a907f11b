using System.Collections.Frozen;
using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Checks;

/// <summary>Which earlier figures a publication's statements are held against: periods that start in [From, To).</summary>
public sealed record HistoryRange(IReadOnlySet<MetricKey> Metrics, IReadOnlySet<OrganisationCode> Organisations, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Holds the statements of one publication to the rules. First whole rows, then each number by itself, then numbers against each other;
/// what was refused before is not held against anything after, so that one wrong number does not take right ones with it. The outcome
/// does not depend on the order of the statements.
/// </summary>
public sealed class StatementChecks
{
    private readonly CheckRules rules;
    private readonly FrozenDictionary<MetricKey, MetricRules> byMetric;

    public StatementChecks(CheckRules rules)
    {
        this.rules = rules;
        byMetric = rules.Values.Keys
            .Union(rules.Relations.SelectMany(relation => relation.Parts.Append(relation.Total)))
            .Union(rules.UnitSlips.SelectMany(slip => slip.Metrics))
            .ToFrozenDictionary(metric => metric, metric => new MetricRules(
                rules.Values.GetValueOrDefault(metric),
                [.. rules.Relations.Select(relation => new Side(relation, metric)).Where(side => side.Place >= 0)],
                [.. rules.UnitSlips.Where(slip => slip.Metrics.Contains(metric))]));
    }

    /// <summary>The history that <see cref="Check"/> needs for these statements; null where none of them is held against any.</summary>
    public HistoryRange? HistoryOf(IReadOnlyList<Statement> statements)
    {
        var judged = statements.Where(statement => RulesOf(statement.Series.Metric)?.UnitSlips is { Length: > 0 }).ToList();
        if (judged.Count == 0)
        {
            return null;
        }

        var starts = judged.GroupBy(statement => statement.Series).Select(series => series.Min(statement => statement.Period.Start)).ToList();

        // Twice as far back as unbroken series would need, so that gaps do not hide a history.
        var reach = judged.Max(statement => (double)statement.Period.Length.Ticks) * 2 * rules.UnitSlips.Max(slip => slip.History);
        var earliest = starts.Min();
        return new HistoryRange(
            judged.Select(statement => statement.Series.Metric).ToHashSet(),
            judged.Select(statement => statement.Series.Organisation).ToHashSet(),
            reach < earliest.Ticks ? earliest.AddTicks(-(long)reach) : DateTimeOffset.MinValue,
            starts.Max());
    }

    public CheckedStatements Check(IReadOnlyList<Statement> statements, CheckedAgainst against)
    {
        var findings = new Findings(statements);
        var slips = new UnitSlipCheck(statements, findings);
        var relations = new RelationCheck(statements, findings);
        var latest = against.RetrievedAt + rules.Future.Allowance;
        for (var index = 0; index < statements.Count; index++)
        {
            var statement = statements[index];
            CheckRow(statement, index, latest, against, findings);
            if (RulesOf(statement.Series.Metric) is not { } own)
            {
                continue;
            }

            slips.Take(index, own.UnitSlips);
            if (statement.Figure.TryGetNumber(out var number) && !findings.Has(index))
            {
                CheckValue(own.Value, number, index, findings);
                relations.Take(index, own.Sides);
            }
        }

        slips.Judge(against.History);
        relations.Judge();
        return findings.Complete();
    }

    private static void CheckRow(Statement statement, int index, DateTimeOffset latest, CheckedAgainst against, Findings findings)
    {
        var instant = statement.StatedAt is { } stated && stated > statement.Period.Start ? stated : statement.Period.Start;
        if (instant > latest)
        {
            findings.Add(index, CheckKinds.Future, string.Create(
                CultureInfo.InvariantCulture,
                $"speaks of {instant.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, which had not come when it was retrieved at {against.RetrievedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"));
        }

        if (against.IsKnown?.Invoke(statement.Series.Organisation) == false)
        {
            findings.Add(index, CheckKinds.UnknownOrganisation, $"the catalogue has no organisation {statement.Series.Organisation}");
        }
    }

    private static void CheckValue(ValueRule? rule, double number, int index, Findings findings)
    {
        if (rule?.Plausible is { } plausible && !plausible.Contains(number))
        {
            findings.Add(index, CheckKinds.Plausible, $"outside the plausible range {plausible}");
        }

        if (rule is { Whole: true } && Math.Floor(number) != number)
        {
            findings.Add(index, CheckKinds.Whole, "a count of whole things has no fraction");
        }
    }

    private MetricRules? RulesOf(MetricKey metric) => byMetric.GetValueOrDefault(metric);

    private sealed record MetricRules(ValueRule? Value, Side[] Sides, UnitSlip[] UnitSlips);
}
