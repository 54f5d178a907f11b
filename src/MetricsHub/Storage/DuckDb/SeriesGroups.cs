using System.Runtime.InteropServices;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// Puts rows into the order of their series, and in each series into their own order. The tables nearly hold them so already, which
/// makes this cheaper than sorting in the database.
/// </summary>
internal sealed class SeriesGroups<T>
{
    private readonly int[] places;
    private readonly Group[] groups;

    /// <param name="ids">The series that may come, in the order wanted, and <paramref name="keys"/> beside them.</param>
    public SeriesGroups(ReadOnlySpan<int> ids, ReadOnlySpan<SeriesKey> keys, int known)
    {
        places = new int[known + 1];
        groups = new Group[ids.Length];
        for (var place = 0; place < ids.Length; place++)
        {
            places[ids[place]] = place;
            groups[place] = new Group(ids[place], keys[place]);
        }
    }

    public Group Of(int series) => groups[places[series]];

    /// <summary>Sorts what came since the last call.</summary>
    /// <param name="join">Makes one of the last row before and the first row since, where they are two parts of one; else null.</param>
    public void EndPiece(Comparison<T> order, Func<T, T, T?> join)
    {
        foreach (var group in groups)
        {
            group.EndPiece(order, join);
        }
    }

    public void AppendTo(List<T> result)
    {
        result.EnsureCapacity(result.Count + groups.Sum(group => group.Rows.Count));
        foreach (var group in groups)
        {
            result.AddRange(group.Rows);
        }
    }

    /// <summary>The rows of one series.</summary>
    internal sealed class Group(int id, SeriesKey series)
    {
        private int ended;

        public int Id => id;

        public SeriesKey Series => series;

        public List<T> Rows { get; } = [];

        public void EndPiece(Comparison<T> order, Func<T, T, T?> join)
        {
            var piece = CollectionsMarshal.AsSpan(Rows)[ended..];
            for (var index = 1; index < piece.Length; index++)
            {
                if (order(piece[index - 1], piece[index]) > 0)
                {
                    piece.Sort(order);
                    break;
                }
            }

            if (ended > 0 && piece.Length > 0 && join(Rows[ended - 1], piece[0]) is { } joined)
            {
                Rows[ended - 1] = joined;
                Rows.RemoveAt(ended);
            }

            ended = Rows.Count;
        }
    }
}
