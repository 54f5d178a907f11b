namespace MetricsHub.Storage;

/// <summary>A backup or housekeeping is under way, here or in another process, and keeps the turn.</summary>
internal sealed class KeepersBusyException() : Exception("A backup or housekeeping is under way; one at a time.");
