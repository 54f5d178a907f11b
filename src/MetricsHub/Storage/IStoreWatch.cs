namespace MetricsHub.Storage;

/// <summary>A store that runs elsewhere, and so can be away while the hub runs.</summary>
internal interface IStoreWatch
{
    /// <summary>Since when it could not be used; null while it can.</summary>
    DateTimeOffset? AwaySince { get; }

    /// <summary>Asks it whether it can be used; does not throw where it cannot.</summary>
    /// <returns>Whether it can.</returns>
    Task<bool> AskAsync(CancellationToken cancellationToken);
}
