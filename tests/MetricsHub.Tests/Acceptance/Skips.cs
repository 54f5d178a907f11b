using MetricsHub.Catalogue;

namespace MetricsHub.Tests.Acceptance;

/// <summary>Why something of a source is not tested.</summary>
internal enum Skip
{
    FactsInsteadOfFigures,
    FolderHasNoFuture,
    DirectoryHasNoFuture,
    PushHasNoState,
    PushHasNoServer,
    FolderHasNoServer,
    HasNoFolder,
    PushHasItsOwnColumns,
    LookIsMadeByTheHub,
}

/// <summary>
/// The only place in which the suite leaves something of a source out: which, and for what reason. <see cref="SkipsTests"/> holds that every
/// reason is needed and that no other source is left out.
/// </summary>
internal static class Skips
{
    public static readonly IReadOnlyDictionary<Skip, string> Reasons = new Dictionary<Skip, string>
    {
        [Skip.FactsInsteadOfFigures] = "It states organisations or bank holidays: it has no metrics, periods and numbers, so that its facts are held instead.",
        [Skip.FolderHasNoFuture] = "A folder is not asked for what is newer: a file is known by length and time of change, and an unchanged one is not read.",
        [Skip.DirectoryHasNoFuture] = "A directory says of every record when it changed last; any other date than the one known is a change, a later one too.",
        [Skip.PushHasNoState] = "What is pushed is not asked for: its idempotency key is all its state.",
        [Skip.PushHasNoServer] = "Nothing is fetched, so that no server and no run can fail. The faults of its body are held.",
        [Skip.FolderHasNoServer] = "Its files come from a folder only. The faults of folders and of files are held.",
        [Skip.HasNoFolder] = "It watches no folder. The faults of servers, or of bodies that are pushed, are held.",
        [Skip.PushHasItsOwnColumns] = "The columns of a push are the hub's own, so that any other is a mistake of the sender and refused, an empty one too.",
        [Skip.LookIsMadeByTheHub] = "Every look at a directory of services is a fact of its own, made by the hub from one answer for each service; the faults of such answers are held by CapacityStatusLocationTests.",
    };

    /// <summary>What leaves a source out of the faults of files, and of being read twice with nothing new.</summary>
    public static Skip? OfFiles(SourceDefinition source) => source.CapacityServices.Count > 0 ? Skip.LookIsMadeByTheHub : null;

    /// <summary>What leaves a source out of the test of a state in the far future; null where nothing does.</summary>
    public static Skip? OfFutureState(SourceDefinition source) => source switch
    {
        { TakesPushes: true } => Skip.PushHasNoState,
        { CapacityServices.Count: > 0 } => Skip.LookIsMadeByTheHub,
        _ when source.Locations.Any(location => location is OrdDefinition) => Skip.DirectoryHasNoFuture,
        _ when !Delivery.IsWeb(source) => Skip.FolderHasNoFuture,
        _ => null,
    };

    /// <summary>What leaves a source out of the faults of servers.</summary>
    public static Skip? OfServerFaults(SourceDefinition source) => source switch
    {
        { TakesPushes: true } => Skip.PushHasNoServer,
        _ when !Delivery.IsWeb(source) => Skip.FolderHasNoServer,
        _ => null,
    };

    /// <summary>What leaves a source out of the faults of folders.</summary>
    public static Skip? OfFolderFaults(SourceDefinition source) =>
        source.Locations.Any(location => location is FolderDefinition) ? null : Skip.HasNoFolder;

    /// <summary>What leaves a source out of taking a table with a column more.</summary>
    public static Skip? OfColumns(SourceDefinition source) => source.TakesPushes ? Skip.PushHasItsOwnColumns : null;

    /// <summary>What leaves a source out of what is said of figures.</summary>
    public static Skip? OfFigures(SourceDefinition source) => AcceptedSources.StatesFacts(source) ? Skip.FactsInsteadOfFigures : null;
}
