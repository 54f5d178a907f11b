namespace MetricsHub.Moving;

/// <summary>Makes one DuckDB file of what an installation knows, wherever it keeps it, while its hub goes on working.</summary>
internal interface IDatabaseImage
{
    /// <summary>Writes the observations and the ledger to a file that does not exist yet: a state that the installation had, or could have been left in by a kill.</summary>
    /// <returns>The instant up to which everything that was acknowledged is in it.</returns>
    Task<DateTimeOffset> WriteAsync(string path, CancellationToken cancellationToken);
}
