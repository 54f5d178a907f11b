using System.Globalization;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Domain.Checks;

/// <summary>Holds each number against the median of its series' last figures.</summary>
internal sealed class UnitSlipCheck(IReadOnlyList<Statement> statements, Findings findings)
{
    private readonly Dictionary<SeriesKey, (UnitSlip[] Slips, List<int> Indices)> gathered = [];

    public void Take(int index, UnitSlip[] slips)
    {
        if (slips.Length == 0)
        {
            return;
        }

        if (!gathered.TryGetValue(statements[index].Series, out var series))
        {
            gathered.Add(statements[index].Series, series = (slips, []));
        }

        series.Indices.Add(index);
    }

    /// <summary>
    /// The figures before a number are what was known of the periods before the publication's first one of the series, and then the
    /// publication's own numbers that were not refused. So a publication that is read twice is judged alike, whatever of it is stored.
    /// </summary>
    public void Judge(IReadOnlyList<RecordedStatement> history)
    {
        var known = history.Where(statement => gathered.ContainsKey(statement.Series)).ToLookup(statement => statement.Series);
        foreach (var (series, (slips, indices)) in gathered)
        {
            var first = indices.Min(index => statements[index].Period.Start);
            indices.Sort((left, right) => statements[left].Period.CompareTo(statements[right].Period));
            var figures = known[series]
                .Where(statement => statement.Period.End <= first)
                .OrderBy(statement => statement.Period)
                .Select(statement => statement.Figure.TryGetNumber(out var number) ? number : (double?)null)
                .OfType<double>()
                .ToList();
            foreach (var index in indices)
            {
                if (findings.Has(index) || !statements[index].Figure.TryGetNumber(out var number))
                {
                    continue;
                }

                if (slips.Select(slip => Problem(slip, figures, number)).FirstOrDefault(problem => problem is not null) is { } reason)
                {
                    findings.Add(index, CheckKinds.UnitSlip, reason);
                }
                else
                {
                    figures.Add(number);
                }
            }
        }
    }

    private static string? Problem(UnitSlip slip, List<double> figures, double number)
    {
        var last = figures.TakeLast(slip.History).Order().ToArray();
        if (last.Length < slip.LeastHistory)
        {
            return null;
        }

        var median = (last[(last.Length - 1) / 2] + last[last.Length / 2]) / 2;
        if (median <= 0 || median < slip.LeastMedian || number <= 0)
        {
            return null;
        }

        var times = number / median;
        return slip.Times.Contains(Math.Max(times, 1 / times))
            ? string.Create(CultureInfo.InvariantCulture, $"looks like {slip.LooksLike}: {times:G3} times the median of its last {last.Length} figures")
            : null;
    }
}
