using MetricsHub.Catalogue;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>
/// Collects one source: what its locations offer is fetched, archived, entered in the ledger, parsed, stored and accounted for, in
/// this order. A process that dies in between loses nothing: what is archived and not accounted for is read again by the next run,
/// and every step that was done before changes nothing the second time.
/// </summary>
internal sealed partial class Collector(
    HubCatalogue catalogue,
    Parsers parsers,
    LocationFactory locations,
    Archive archive,
    IObservationStore store,
    ILedger ledger,
    TimeProvider clock,
    ILogger<Collector> logger)
{
    /// <summary>Runs once; what went wrong with one publication does not keep the others away and is told in the result.</summary>
    public async Task<RunResult> CollectAsync(SourceKey key, CancellationToken cancellationToken)
    {
        var source = catalogue.Sources[key];
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
            await ledger.FinishRunAsync(run, count.ToFailure(clock.GetUtcNow(), exception.Message), cancellationToken);
            throw;
        }

        var result = count.ToResult(clock.GetUtcNow());
        await ledger.FinishRunAsync(run, result, cancellationToken);
        LogRunFinished(key, result.Outcome, result.Offered, result.Stored, result.Refused);
        return result;
    }

    private async Task FinishWhatIsArchivedAsync(SourceDefinition source, RunCount count, CancellationToken cancellationToken)
    {
        var parser = parsers[source.Parser];
        foreach (var publication in await ledger.ListUnfinishedPublicationsAsync(source.Key, parser.Version, cancellationToken))
        {
            await ReadPublicationAsync(source, publication, count, cancellationToken);
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

        count.LocationRead();
        foreach (var offer in offers)
        {
            count.Offered++;
            try
            {
                await CollectOfferAsync(source, location, offer, count, cancellationToken);
            }
            catch (Exception exception) when (exception is LocationException or PublicationFormatException)
            {
                LogOfferFailed(exception, source.Key, offer.Address);
                count.Failed($"{offer.Address}: {exception.Message}");
            }
        }
    }

    private async Task CollectOfferAsync(
        SourceDefinition source, NamedLocation location, Offer offer, RunCount count, CancellationToken cancellationToken)
    {
        var address = location.AddressOf(offer);
        var known = await ledger.FindFetchAsync(source.Key, address, cancellationToken);

        // In memory, because the bytes may hold personal columns that must not reach a disk before they are cut.
        using var original = new MemoryStream();
        if (await location.Location.FetchAsync(offer, known?.State, original, cancellationToken) is not { } fetched)
        {
            return;
        }

        original.Position = 0;
        var archived = await archive.StoreAsync(original, source.PersonalColumns, source.MaximumBytes, cancellationToken);
        var publication = await ledger.RegisterPublicationAsync(
            new NewPublication(
                source.Key, archived.Id, address, offer.FileName, offer.LinkText, offer.PublishedAt,
                RevisionMark.From(offer.LinkText, offer.FileName), clock.GetUtcNow(), archived.Length),
            cancellationToken);

        if (publication.State == PublicationState.Archived)
        {
            await ReadPublicationAsync(source, publication, count, cancellationToken);
        }

        await ledger.SaveFetchAsync(source.Key, address, new KnownFetch(fetched, archived.Id), cancellationToken);
    }

    private async Task ReadPublicationAsync(SourceDefinition source, Publication publication, RunCount count, CancellationToken cancellationToken)
    {
        var parser = parsers[source.Parser];
        ParsedPublication parsed;
        try
        {
            var bytes = await archive.ReadAsync(publication.Id, cancellationToken);
            parsed = parser.Parse(new PublicationContent(bytes, publication.FileName, publication.LinkText));
        }
        catch (PublicationFormatException exception)
        {
            count.Refused++;
            count.Failed($"{publication.FileName}: {exception.Message}");
            LogPublicationRefused(source.Key, publication.FileName, exception.Message);
            await ledger.CompletePublicationAsync(
                source.Key, publication.Id,
                new PublicationCompletion(
                    PublicationState.Refused, parser.Version, publication.Release.PublishedAt, exception.Message,
                    Tally.Empty, Reconciliation.NoTotal, [], null, clock.GetUtcNow()),
                cancellationToken);
            return;
        }

        if (!parsed.Tally.Balances)
        {
            throw new InvalidOperationException($"The parser of {source.Key} does not account for every row and cell of {publication.FileName}: {parsed.Tally}.");
        }

        var order = publication.Release with { PublishedAt = parsed.PublishedAt ?? publication.Release.PublishedAt };
        var appended = await store.AppendAsync(
            new Release(publication.Id, source.Key, parser.Version, order), parsed.Statements, cancellationToken);
        await ledger.CompletePublicationAsync(
            source.Key, publication.Id,
            new PublicationCompletion(
                PublicationState.Stored, parser.Version, order.PublishedAt, null, parsed.Tally, parsed.Reconciliation,
                parsed.Rejections, PeriodsOf(parsed.Statements), appended.RecordedAt),
            cancellationToken);
        count.Stored++;
        LogPublicationStored(source.Key, publication.FileName, parsed.Statements.Count, parsed.Rejections.Count, parsed.Reconciliation.Outcome);
    }

    private static Period? PeriodsOf(IReadOnlyList<Statement> statements) =>
        statements.Count == 0
            ? null
            : new Period(statements.Min(statement => statement.Period.Start), statements.Max(statement => statement.Period.End));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: run {Outcome}; {Offered} offered, {Stored} stored, {Refused} refused")]
    private partial void LogRunFinished(SourceKey source, RunOutcome outcome, int offered, int stored, int refused);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: stored {FileName}: {Statements} statements, {Rejections} rejections, {Reconciliation}")]
    private partial void LogPublicationStored(SourceKey source, string fileName, int statements, int rejections, ReconciliationOutcome reconciliation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source}: refused {FileName}: {Reason}")]
    private partial void LogPublicationRefused(SourceKey source, string fileName, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source}: could not read {Location}")]
    private partial void LogLocationFailed(Exception exception, SourceKey source, string location);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source}: could not collect {Address}")]
    private partial void LogOfferFailed(Exception exception, SourceKey source, string address);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Source}: run failed")]
    private partial void LogRunFailed(Exception exception, SourceKey source);
}
