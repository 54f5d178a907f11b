namespace MetricsHub.Storage;

/// <summary>What people had the hub do.</summary>
internal partial interface ILedger
{
    /// <summary>Enters something that was done outside the ledger; what is done within it is entered with it.</summary>
    Task EnterActionAsync(LedgerAction action, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only actions with a smaller number; null for the newest.</param>
    Task<IReadOnlyList<NumberedAction>> ListActionsAsync(long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Makes the seals of all actions anew and holds them against those that were kept.</summary>
    Task<ActionChain> CheckActionsAsync(CancellationToken cancellationToken);
}

/// <param name="Number">Grows from one action to the next.</param>
/// <param name="Seal">The SHA-256 of this action and of the seal before it, in lower-case hexadecimal digits; null where there is none, which is a fault unless it is from before seals.</param>
internal sealed record NumberedAction(long Number, LedgerAction Action, string? Seal);

/// <summary>What became of the record of actions since it was written.</summary>
/// <param name="Sound">How many actions, from the first on, are as they were entered.</param>
/// <param name="BrokenAt">The number of the first that is not, or is gone; null where all are as they were.</param>
/// <param name="Newest">Null where there are no actions. That the newest ones were not taken away is seen by whoever kept an earlier answer.</param>
internal sealed record ActionChain(long Sound, long? BrokenAt, NumberedAction? Newest);

/// <summary>From where somebody acts, as far as the hub itself has seen.</summary>
internal interface IActionOrigins
{
    /// <summary>Of what is being done now: the address of whoever asks and the trace of their request; null for what no request asks for.</summary>
    (string? Address, string? Trace) Current { get; }
}
