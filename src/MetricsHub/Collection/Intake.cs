using MetricsHub.Catalogue;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>
/// Takes in a publication that is archived: parses it, checks it, stores what it states, and accounts for every row and cell in the
/// ledger. Done twice, it changes nothing the second time.
/// </summary>
internal sealed partial class Intake(
    HubCatalogue catalogue,
    Parsers parsers,
    Archive archive,
    PublicationChecks checks,
    TouchedFigures touched,
    IObservationStore store,
    ILedger ledger,
    CollectionMeter meter,
    TimeProvider clock,
    ILogger<Intake> logger)
{
    /// <returns>The publication as it stands then: stored, or refused as a whole where it is not what it claims to be.</returns>
    public async Task<Publication> TakeInAsync(SourceDefinition source, Publication publication, CancellationToken cancellationToken)
    {
        using var activity = CollectionMeter.Follow("take in", source.Key);
        var parser = parsers.For(source);
        var reading = new Reading(parser.Version, publication.ReplaysAsked);
        ParsedPublication parsed;
        try
        {
            parsed = Parse(parser, publication, await archive.ReadAsync(publication.Id, cancellationToken));
        }
        catch (PublicationFormatException exception)
        {
            return await RefuseAsync(source, publication, reading, exception.Message, cancellationToken);
        }

        // It is checked against what came before, also by way of another process.
        await store.FollowAsync(cancellationToken);
        var result = await checks.CheckAsync(source, SimulatedApart.Check(parsed, source, catalogue), publication.RetrievedAt, cancellationToken);
        return await StoreAsync(source, publication, reading, result.Publication, cancellationToken);
    }

    /// <summary>
    /// A parser that fails on a file in a way it did not foresee refuses the file: one file must not keep its source from being
    /// collected. The next version of the parser reads it again.
    /// </summary>
    private ParsedPublication Parse(IPublicationParser parser, Publication publication, byte[] bytes)
    {
        ParsedPublication parsed;
        try
        {
            parsed = parser.Parse(new PublicationContent(bytes, publication.FileName, publication.LinkText));
        }
        catch (Exception exception) when (exception is not PublicationFormatException)
        {
            LogParserFailed(exception, publication.Source, publication.FileName);
            throw new PublicationFormatException("a file that the parser can read", $"a fault of the parser: {exception.Message}", exception);
        }

        return parsed.Tally.Balances
            ? parsed
            : throw new PublicationFormatException("every row and cell to be accounted for", $"a fault of the parser: {parsed.Tally}");
    }

    private async Task<Publication> StoreAsync(
        SourceDefinition source, Publication publication, Reading reading, ParsedPublication parsed, CancellationToken cancellationToken)
    {
        // Before they are stored: whatever dies in between, no level is read that does not know of them.
        if (await touched.OfAsync(publication, parsed.Statements, cancellationToken) is { Count: > 0 } spans)
        {
            await ledger.AnnounceAsync(source.Key, publication.Id, spans, cancellationToken);
        }

        var order = publication.Release with { PublishedAt = parsed.PublishedAt ?? publication.Release.PublishedAt };
        var appended = await store.AppendAsync(
            new Release(publication.Id, source.Key, reading, order), parsed.Statements, cancellationToken);
        var stored = await ledger.CompletePublicationAsync(
            source.Key,
            publication.Id,
            new PublicationCompletion(
                PublicationState.Stored, reading, order.PublishedAt, null, parsed.Tally, parsed.Reconciliation,
                parsed.Rejections, PeriodsOf(parsed.Statements), appended.RecordedAt, parsed.Facts),
            cancellationToken);
        if (parsed.Facts.Count > 0)
        {
            LogFacts(source.Key, publication.FileName, parsed.Facts.Count);
        }

        meter.Stored(source.Key, parsed.Statements.Count, parsed.Rejections);
        LogStored(source.Key, publication.FileName, parsed.Statements.Count, parsed.Rejections.Count, parsed.Reconciliation.Outcome);
        return stored;
    }

    private async Task<Publication> RefuseAsync(
        SourceDefinition source, Publication publication, Reading reading, string reason, CancellationToken cancellationToken)
    {
        var refused = await ledger.CompletePublicationAsync(
            source.Key,
            publication.Id,
            new PublicationCompletion(
                PublicationState.Refused, reading, publication.Release.PublishedAt, reason, Tally.Empty, Reconciliation.NoTotal, [],
                null, clock.GetUtcNow(), ReferenceFacts.None),
            cancellationToken);
        meter.Ended(source.Key, PublicationState.Refused);
        LogRefused(source.Key, publication.FileName, reason);
        return refused;
    }

    private static Period? PeriodsOf(IReadOnlyList<Statement> statements) =>
        statements.Count == 0
            ? null
            : new Period(statements.Min(statement => statement.Period.Start), statements.Max(statement => statement.Period.End));

    [LoggerMessage(EventId = 2020, Level = LogLevel.Information, Message = "{Source}: stored {FileName}: {Statements} statements, {Rejections} rejections, {Reconciliation}")]
    private partial void LogStored(SourceKey source, string fileName, int statements, int rejections, ReconciliationOutcome reconciliation);

    [LoggerMessage(EventId = 2021, Level = LogLevel.Information, Message = "{Source}: {FileName} states {Facts} reference facts; the next start of the hub takes them up")]
    private partial void LogFacts(SourceKey source, string fileName, int facts);

    [LoggerMessage(EventId = 2022, Level = LogLevel.Error, Message = "{Source}: the parser failed on {FileName}")]
    private partial void LogParserFailed(Exception exception, SourceKey source, string fileName);

    [LoggerMessage(EventId = 2023, Level = LogLevel.Warning, Message = "{Source}: refused {FileName}: {Reason}")]
    private partial void LogRefused(SourceKey source, string fileName, string reason);
}
