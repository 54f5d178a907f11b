namespace MetricsHub.Storage;

/// <summary>A store that runs elsewhere, and so can be away while the hub runs.</summary>
internal interface IStoreWatch
{
    /// <summary>Since when it could not be used; null while it can.</summary>
    DateTimeOffset? AwaySince { get; }

    /// <summary>How often it became unusable since the hub was started; what waited then waits until somebody has it stored.</summary>
    int TimesAway { get; }

    /// <summary>Returns where it can be used.</summary>
    /// <exception cref="StoreException">It cannot.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
