using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage;

/// <summary>The numbers of the series, counted from 1, and their order by metric and organisation.</summary>
internal sealed class SeriesIndex
{
    private static readonly Comparer<SeriesKey> ByMetricThenOrganisation = Comparer<SeriesKey>.Create((left, right) =>
        left.Metric.CompareTo(right.Metric) is var byMetric && byMetric != 0 ? byMetric : left.Organisation.CompareTo(right.Organisation));

    private readonly Dictionary<SeriesKey, int> ids = [];
    private readonly List<SeriesKey> keys = [];
    private int[]? ordered;

    public int Count => keys.Count;

    public SeriesKey this[int id] => keys[id - 1];

    public static int Compare(SeriesKey left, SeriesKey right) => ByMetricThenOrganisation.Compare(left, right);

    public bool TryGetId(SeriesKey key, out int id) => ids.TryGetValue(key, out id);

    public void Add(SeriesKey key)
    {
        keys.Add(key);
        ids.Add(key, keys.Count);
        ordered = null;
    }

    /// <summary>Those of the selection, in order.</summary>
    public int[] Select(SeriesSelection selection)
    {
        if (selection is { Metrics: { } metrics, Organisations: { } organisations } && (long)metrics.Count * organisations.Count < Count)
        {
            return InOrder(
                from metric in metrics
                from organisation in organisations
                let id = ids.GetValueOrDefault(new SeriesKey(metric, organisation))
                where id > 0
                select id);
        }

        ordered ??= InOrder(Enumerable.Range(1, Count));
        return selection is { Metrics: null, Organisations: null } ? ordered : Array.FindAll(ordered, id => IsSelected(this[id], selection));
    }

    private static bool IsSelected(SeriesKey key, SeriesSelection selection) =>
        selection.Metrics?.Contains(key.Metric) != false && selection.Organisations?.Contains(key.Organisation) != false;

    private int[] InOrder(IEnumerable<int> some)
    {
        var sorted = some.ToArray();
        Array.Sort(sorted, (left, right) => Compare(this[left], this[right]));
        return sorted;
    }
}
