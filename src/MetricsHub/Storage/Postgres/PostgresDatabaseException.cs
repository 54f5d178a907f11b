namespace MetricsHub.Storage.Postgres;

/// <summary>A PostgreSQL that cannot be used; the message names it and says what to do.</summary>
internal sealed class PostgresDatabaseException(string message, Exception? inner = null) : Exception(message, inner);
