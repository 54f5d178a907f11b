namespace MetricsHub.Storage.DuckDb;

/// <param name="Path">The database file; it and its folder are created where they do not exist.</param>
/// <param name="MemoryLimit">In DuckDB's words: <c>512MB</c>. DuckDB itself would take 80 % of the machine.</param>
/// <param name="Threads">Threads of one query, and connections for reading.</param>
/// <param name="CheckpointThreshold">
/// How long the write-ahead log grows before it is merged into the file. It bounds both the replay after a crash (16 MB: about a second) and the
/// longest commit.
/// </param>
internal sealed record DuckDbSettings(string Path, string MemoryLimit = "512MB", int? Threads = null, string CheckpointThreshold = "16MB")
{
    public int ThreadCount => Threads ?? Math.Max(2, Environment.ProcessorCount);
}
