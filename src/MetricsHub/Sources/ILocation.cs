namespace MetricsHub.Sources;

/// <summary>The other half of a source: where publications are found, by the links of a landing page, in a folder, in a portal's data set, in a directory or at a feed's address.</summary>
internal interface ILocation
{
    /// <summary>What is published there now, in the order in which it stands there.</summary>
    /// <exception cref="LocationException">The location cannot be read.</exception>
    Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Copies a publication's bytes to <paramref name="destination"/>. Null where it has not changed since what is <paramref name="known"/>:
    /// then nothing was written.
    /// </summary>
    /// <exception cref="LocationException">It cannot be read, or is larger than allowed.</exception>
    Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken);
}

/// <summary>Something that a location says is published.</summary>
/// <param name="Address">Where it is: a URL, or a file's path relative to its folder.</param>
/// <param name="LinkText">The text of the link, white space collapsed, or a resource's title; null in a folder.</param>
/// <param name="PublishedAt">The publication date that the landing page gives beside the link; null where it gives none.</param>
internal sealed record Offer(string Address, string FileName, string? LinkText, DateTimeOffset? PublishedAt);

/// <summary>What a location answered last time, by which it can be asked whether anything changed.</summary>
/// <param name="Validator">The ETag of an HTTP answer; length and time of change of a file.</param>
internal sealed record FetchState(string? Validator, DateTimeOffset? LastModified);

/// <summary>What the hub has already, by which a location can be asked for what is new.</summary>
/// <param name="Fetch">What the location answered for this offer last time; null where it was never fetched.</param>
/// <param name="NewestPeriodEnd">The end of the newest period that the source has stated anything for; null where it has stated nothing.</param>
internal sealed record CollectionState(FetchState? Fetch, DateTimeOffset? NewestPeriodEnd)
{
    public static readonly CollectionState Nothing = new(null, null);
}

/// <summary>A location that cannot be read; the message says which and why.</summary>
internal sealed class LocationException(string message, Exception? inner = null) : Exception(message, inner);
