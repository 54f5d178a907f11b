using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>The sums of one sub-ICB location and day while rows are added to them.</summary>
/// <param name="table">Which table of the publication states the day: no other may.</param>
/// <param name="row">The first row that speaks of it.</param>
internal sealed class DayCounts(int table, int row)
{
    public static readonly IReadOnlyList<(MetricKey Metric, string Field)> Figures =
    [
        (GpLabels.Appointments, GpColumns.Count),
        .. GpLabels.All.SelectMany(labels => labels.Metrics.Select(metric => (metric, labels.Field))),
    ];

    private readonly double[] sums = new double[Figures.Count];
    private readonly Dictionary<string, (string Reason, string Text)> problems = [];

    public int Table { get; } = table;

    public int Row { get; } = row;

    public void Add(MetricKey metric, double count)
    {
        for (var index = 0; index < sums.Length; index++)
        {
            if (Figures[index].Metric == metric)
            {
                sums[index] += count;
            }
        }
    }

    /// <summary>Refuses the figures that a column makes; all of them where that is the count, for any of them may lack it.</summary>
    public void Refuse(string field, string reason, string text) => problems.TryAdd(field, (reason, text));

    /// <summary>The sum of a figure, or why there is none.</summary>
    public double? Sum(int figure, out (string Reason, string Text) problem) =>
        problems.TryGetValue(GpColumns.Count, out problem) || problems.TryGetValue(Figures[figure].Field, out problem) ? null : sums[figure];
}
