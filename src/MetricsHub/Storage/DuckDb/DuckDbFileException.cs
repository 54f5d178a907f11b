namespace MetricsHub.Storage.DuckDb;

/// <summary>A database file that cannot be opened; the message names the file and says what to do.</summary>
internal sealed class DuckDbFileException(string message, Exception? inner = null) : Exception(message, inner);
