namespace MetricsHub.Storage;

/// <summary>
/// A store that cannot take or give what it was asked for: it does not answer, or refuses. Nothing is lost by it: what was to be stored
/// waits in the archive and is stored when the store takes it.
/// </summary>
internal class StoreException(string message, Exception? inner = null) : IOException(message, inner);
