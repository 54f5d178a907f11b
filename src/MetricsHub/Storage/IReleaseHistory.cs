using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage;

/// <summary>Everything that was ever appended to a store of observations, as it was appended: for whoever moves all of it elsewhere.</summary>
internal interface IReleaseHistory
{
    /// <summary>Every release, in the order in which they were recorded.</summary>
    IAsyncEnumerable<WholeRelease> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A release with all that it states; appended again to a store that is in the state before it, it leaves the state after it.</summary>
/// <param name="Statements">With what it withdrew; by metric, organisation and period.</param>
internal sealed record WholeRelease(Release Release, DateTimeOffset RecordedAt, IReadOnlyList<Statement> Statements)
{
    /// <param name="statements">In any order.</param>
    public static WholeRelease Of(Release release, DateTimeOffset recordedAt, List<Statement> statements)
    {
        statements.Sort(static (left, right) =>
            SeriesIndex.Compare(left.Series, right.Series) is var bySeries && bySeries != 0 ? bySeries : left.Period.CompareTo(right.Period));
        return new WholeRelease(release, recordedAt, statements);
    }
}
