using System.Diagnostics;
using MetricsHub.Catalogue;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>
/// Collects one source: what its locations offer is fetched, archived, entered in the ledger and taken in, in this order. A process
/// that dies in between loses nothing: what is archived and not accounted for is taken in by the next run, and every step that was
/// done before changes nothing the second time.
/// </summary>
internal sealed partial class Collector(
    HubCatalogue catalogue,
    Parsers parsers,
    LocationFactory locations,
    Archive archive,
    Barring barring,
    Intake intake,
    SourceTurns turns,
    ILedger ledger,
    CollectionMeter meter,
    TimeProvider clock,
    ILogger<Collector> logger)
{
    /// <summary>Runs once; what went wrong with one publication does not keep the others away and is told in the result.</summary>
    /// <exception cref="RunUnderWayException">The source is being collected, here or by another process; nothing was done.</exception>
    public async Task<RunResult> CollectAsync(SourceKey key, CancellationToken cancellationToken)
    {
        using var activity = CollectionMeter.Follow("collect", key);
        var source = catalogue.Sources[key];
        await using var turn = await StartRunAsync(key, cancellationToken);
        var started = clock.GetTimestamp();
        var run = await ledger.StartRunAsync(key, clock.GetUtcNow(), cancellationToken);
        var count = new RunCount();
        try
        {
            await FinishWhatIsArchivedAsync(source, count, cancellationToken);
            foreach (var location in locations.LocationsOf(source))
            {
                await CollectFromAsync(source, location, count, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogRunFailed(exception, key);
            activity?.SetStatus(ActivityStatusCode.Error);
            meter.RunEnded(key, RunOutcome.Failed, clock.GetElapsedTime(started));
            await ledger.FinishRunAsync(run, count.ToFailure(clock.GetUtcNow(), exception.Message), cancellationToken);
            throw;
        }

        var result = count.ToResult(clock.GetUtcNow());
        await ledger.FinishRunAsync(run, result, cancellationToken);
        meter.RunEnded(key, result.Outcome, clock.GetElapsedTime(started));
        LogRunFinished(key, result.Outcome, result.Offered, result.Stored, result.Refused);
        return result;
    }

    /// <summary>
    /// Reads again what replays were asked for of, and whatever else is archived and not accounted for. It looks at no location, and so
    /// is no run. A publication that is refused again says so in the ledger.
    /// </summary>
    /// <exception cref="RunUnderWayException">The source is being collected, here or by another process; nothing was done.</exception>
    /// <exception cref="StoreException">The store does not take it all.</exception>
    public async Task ReplayAsync(SourceKey key, CancellationToken cancellationToken)
    {
        using var activity = CollectionMeter.Follow("replay", key);
        await using var turn = await StartRunAsync(key, cancellationToken);
        var count = new RunCount();
        await FinishWhatIsArchivedAsync(catalogue.Sources[key], count, cancellationToken);
        LogReplayed(key, count.Stored, count.Refused);
        if (count.HasWaiting)
        {
            throw new StoreException(count.ToResult(clock.GetUtcNow()).Message!);
        }
    }

    private async Task<IAsyncDisposable> StartRunAsync(SourceKey key, CancellationToken cancellationToken) =>
        await turns.TryStartRunAsync(key, cancellationToken) ?? throw new RunUnderWayException(key);

    private async Task FinishWhatIsArchivedAsync(SourceDefinition source, RunCount count, CancellationToken cancellationToken)
    {
        var parser = parsers.For(source);
        await using var turn = await turns.TakeAsync(source.Key, cancellationToken);
        foreach (var publication in await ledger.ListUnfinishedPublicationsAsync(source.Key, parser.Version, cancellationToken))
        {
            await TakeInAsync(source, publication, count, cancellationToken);
        }
    }

    private async Task TakeInAsync(SourceDefinition source, Publication publication, RunCount count, CancellationToken cancellationToken)
    {
        if (count.HasWaiting)
        {
            count.Waits(reason: null);
            return;
        }

        try
        {
            if (await intake.TakeInAsync(source, publication, cancellationToken) is { State: PublicationState.Refused, Failure: var reason })
            {
                count.Refused++;
                count.Failed($"{publication.FileName}: {reason}");
            }
            else
            {
                count.Stored++;
            }
        }
        catch (StoreException exception)
        {
            // The bytes are safe in the archive: collecting goes on, for what is offered now may not be offered later.
            LogWaits(exception, source.Key, publication.FileName);
            count.Waits(exception.Message);
        }
    }

    /// <summary>A file that was refused or barred and is still offered keeps every run from reading as a success.</summary>
    private async Task NoteStandingRefusalAsync(PublicationId id, RunCount count, CancellationToken cancellationToken)
    {
        if (await ledger.FindPublicationAsync(id, cancellationToken) is { State: PublicationState.Refused or PublicationState.Barred } refused)
        {
            count.Failed($"{refused.FileName}: {refused.State.ToWord()} before: {refused.Failure}");
        }
    }

    private async Task CollectFromAsync(SourceDefinition source, NamedLocation location, RunCount count, CancellationToken cancellationToken)
    {
        IReadOnlyList<Offer> offers;
        try
        {
            offers = await location.Location.DiscoverAsync(cancellationToken);
        }
        catch (LocationException exception)
        {
            LogLocationFailed(exception, source.Key, location.Name);
            count.LocationFailed(exception.Message);
            return;
        }

        // A feed offers its one address without asking: only what can be fetched shows that somebody is there.
        var isThere = offers.Count == 0;
        foreach (var offer in offers)
        {
            count.Offered++;
            try
            {
                await CollectOfferAsync(source, location, offer, count, cancellationToken);
                isThere = true;
            }
            catch (Exception exception) when (exception is LocationException or PublicationFormatException)
            {
                LogOfferFailed(exception, source.Key, offer.Address);
                count.Failed($"{offer.Address}: {exception.Message}");
                isThere |= exception is PublicationFormatException;
            }
        }

        count.LocationRead(isThere);
    }

    private async Task CollectOfferAsync(
        SourceDefinition source, NamedLocation location, Offer offer, RunCount count, CancellationToken cancellationToken)
    {
        var address = location.AddressOf(offer);
        var known = await ledger.FindFetchAsync(source.Key, address, cancellationToken);

        // In memory, because the bytes may hold what must not reach a disk.
        using var original = new MemoryStream();
        if (await location.Location.FetchAsync(offer, new CollectionState(known?.State, await NewestPeriodEndAsync(source, cancellationToken)), original, cancellationToken) is not { } fetched)
        {
            await NoteStandingRefusalAsync(known!.Publication, count, cancellationToken);
            return;
        }

        original.Position = 0;
        var publication = new NewPublication(
            source.Key, default, address, offer.FileName, offer.LinkText, offer.PublishedAt,
            RevisionMark.From(offer.LinkText, offer.FileName), clock.GetUtcNow(), ArchivedBytes: 0);
        PublicationId id;
        try
        {
            var archived = await archive.StoreAsync(original, source.PersonalColumns, source.MaximumBytes, cancellationToken);
            id = archived.Id;
            await RegisterAsync(source, publication with { Id = id, ArchivedBytes = archived.Length }, count, cancellationToken);
        }
        catch (PatientDataException exception)
        {
            id = exception.Id;
            count.Refused++;
            count.Failed(await barring.BarAsync(publication with { Id = id }, exception.Message, cancellationToken));
            if (Barring.MayNamePatient(publication))
            {
                // Its address would be kept.
                return;
            }
        }

        await ledger.SaveFetchAsync(source.Key, address, new KnownFetch(fetched, id), cancellationToken);
    }

    private async Task RegisterAsync(SourceDefinition source, NewPublication archived, RunCount count, CancellationToken cancellationToken)
    {
        var publication = await ledger.RegisterPublicationAsync(archived, cancellationToken);
        if (publication.State == PublicationState.Archived)
        {
            await TakeInAsync(source, publication, count, cancellationToken);
        }
        else
        {
            await NoteStandingRefusalAsync(archived.Id, count, cancellationToken);
        }
    }

    /// <summary>Asked of the ledger only where a feed is asked for what is newer.</summary>
    private async Task<DateTimeOffset?> NewestPeriodEndAsync(SourceDefinition source, CancellationToken cancellationToken) =>
        source.Locations.OfType<FeedDefinition>().Any(feed => feed.Since is not null)
        && (await ledger.ListNewestPeriodEndsAsync(source.Key, cancellationToken)).TryGetValue(source.Key, out var end)
            ? end
            : null;

    [LoggerMessage(EventId = 2010, Level = LogLevel.Information, Message = "{Source}: run {Outcome}; {Offered} offered, {Stored} stored, {Refused} refused")]
    private partial void LogRunFinished(SourceKey source, RunOutcome outcome, int offered, int stored, int refused);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Information, Message = "{Source}: replay; {Stored} stored, {Refused} refused")]
    private partial void LogReplayed(SourceKey source, int stored, int refused);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Warning, Message = "{Source}: could not read {Location}")]
    private partial void LogLocationFailed(Exception exception, SourceKey source, string location);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Warning, Message = "{Source}: could not collect {Address}")]
    private partial void LogOfferFailed(Exception exception, SourceKey source, string address);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Warning, Message = "{Source}: {FileName} waits in the archive to be stored")]
    private partial void LogWaits(Exception exception, SourceKey source, string fileName);

    [LoggerMessage(EventId = 2015, Level = LogLevel.Error, Message = "{Source}: run failed")]
    private partial void LogRunFailed(Exception exception, SourceKey source);
}
