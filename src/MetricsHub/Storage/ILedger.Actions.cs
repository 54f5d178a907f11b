namespace MetricsHub.Storage;

/// <summary>What people had the hub do.</summary>
internal partial interface ILedger
{
    /// <summary>Enters something that was done outside the ledger; what is done within it is entered with it.</summary>
    Task EnterActionAsync(LedgerAction action, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only actions with a smaller number; null for the newest.</param>
    Task<IReadOnlyList<NumberedAction>> ListActionsAsync(long? before, int limit, CancellationToken cancellationToken);
}

/// <param name="Number">Grows from one action to the next.</param>
internal sealed record NumberedAction(long Number, LedgerAction Action);
