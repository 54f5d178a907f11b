using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage;

/// <summary>
/// Takes from a ledger what need not be kept for ever: nothing on which an answer about a level rests, at whatever instant. Each enters an
/// action that says how much was removed, in the same transaction; where there is nothing to remove none is entered.
/// </summary>
internal interface ILedgerRetention
{
    /// <summary>
    /// Removes runs that finished before an instant and tell nothing that their neighbours do not: how a source stood changes with the first and
    /// the last of several runs that ended alike.
    /// </summary>
    /// <returns>How many.</returns>
    Task<long> RemoveRunsAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Removes the keys of pushes that came before an instant: what they brought stays, and brought again changes nothing.</summary>
    /// <returns>How many.</returns>
    Task<long> RemovePushesAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Removes the text of what was refused of publications that were read before an instant; row, field and reason stay.</summary>
    /// <returns>Of how many rejections.</returns>
    Task<long> RemoveRefusedTextAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what was superseded before an instant of readings of shadow versions, and everything of versions that are not in the catalogue and
    /// were last evaluated before it. Should one of these come back it is evaluated anew.
    /// </summary>
    /// <param name="versions">Those of the catalogue.</param>
    /// <param name="shadows">Those of them that are tried out.</param>
    /// <returns>How many readings.</returns>
    Task<long> RemoveReadingsAsync(
        IReadOnlyList<FrameworkVersion> versions, IReadOnlyList<FrameworkVersion> shadows, DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Enters that the bytes of publications are removed: of all that were read before an instant by every source that had them, and have no
    /// replay to be done.
    /// </summary>
    /// <returns>How many publications.</returns>
    Task<long> EnterBytesRemovedAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The publications whose bytes the ledger says were removed.</summary>
    Task<IReadOnlyList<PublicationId>> ListBytesRemovedAsync(CancellationToken cancellationToken);
}
