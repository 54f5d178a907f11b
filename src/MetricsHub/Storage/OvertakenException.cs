namespace MetricsHub.Storage;

/// <summary>Another process has gone on where this one thought that it had the turn: what it wanted to do was not done.</summary>
internal sealed class OvertakenException(string what) : StoreException($"Another process has overtaken this one: {what}.");
