using MetricsHub.Catalogue;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Pushes;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>What was sent to a source.</summary>
/// <param name="IdempotencyKey">The sender's name for it: sent again under the same key it changes nothing.</param>
/// <param name="Actor">Who sent it, as far as the hub knows its callers; never what the body says.</param>
/// <param name="MediaType">What the sender says that the body is; one of <see cref="PushReceiver.MediaTypes"/>.</param>
/// <param name="Grants">What the sender may do: a push speaks for whom one of them covers, or it is not taken.</param>
internal sealed record PushedBody(string IdempotencyKey, string Actor, string MediaType, byte[] Bytes, IReadOnlyList<Grant> Grants);

/// <summary>What became of a push.</summary>
internal abstract record PushOutcome;

/// <param name="Rejections">Of the rows; every other row was accepted.</param>
/// <param name="FirstRow">The number of the first row.</param>
internal sealed record PushTaken(Publication Publication, IReadOnlyList<Rejection> Rejections, int FirstRow) : PushOutcome;

/// <summary>The body is safe in the archive and waits to be stored; what becomes of its rows will be known then.</summary>
internal sealed record PushWaiting(Publication Publication) : PushOutcome;

/// <summary>The body as a whole is not what it claims to be; nothing of it is stored.</summary>
/// <param name="Reason">What was expected and what was found.</param>
internal sealed record PushRefused(string Reason) : PushOutcome;

/// <summary>The sender may not speak for all that it is about; nothing of it is kept.</summary>
/// <param name="Rows">The numbers of the rows that are about others, or do not tell whom they are about.</param>
internal sealed record PushOfOthers(IReadOnlyList<int> Rows) : PushOutcome;

/// <summary>The key was used for another body before; nothing was done.</summary>
internal sealed record PushKeyUsed : PushOutcome;

/// <summary>
/// Takes in what is pushed, on the way that everything goes which is collected: archived, entered in the ledger, taken in; only then
/// answered, from what the ledger says. So the same push has the same answer however often it comes, also after a process that died half-way.
/// </summary>
internal sealed class PushReceiver(
    HubCatalogue catalogue, Archive archive, Barring barring, Intake intake, SourceTurns turns, ILedger ledger, CollectionMeter meter, TimeProvider clock)
{
    public static IReadOnlyCollection<string> MediaTypes { get; } = [.. PushFormats.ByMediaType.Keys];

    /// <param name="source">A source that takes pushes.</param>
    public async Task<PushOutcome> ReceiveAsync(SourceDefinition source, PushedBody body, CancellationToken cancellationToken)
    {
        using var activity = CollectionMeter.Follow("push", source.Key);
        var outcome = await TakeAsync(source, body, cancellationToken);
        meter.Pushed(source.Key, outcome);
        return outcome;
    }

    private async Task<PushOutcome> TakeAsync(SourceDefinition source, PushedBody body, CancellationToken cancellationToken)
    {
        var format = PushFormats.Of(body.Bytes);
        var claimed = PushFormats.ByMediaType[body.MediaType];
        if (format != claimed)
        {
            // Not kept: under its right name the same body may be sound.
            return new PushRefused($"Expected {claimed.Describe()}, as {body.MediaType} says; found {format.Describe()}.");
        }

        try
        {
            // Before anything of it is written.
            if (RowsOfOthers.In(body.Bytes, source, body.Grants, catalogue.Organisations, LondonCalendar.DateOf(clock.GetUtcNow())) is { Count: > 0 } others)
            {
                return new PushOfOthers(others);
            }
        }
        catch (PublicationFormatException exception)
        {
            return new PushRefused(exception.Message);
        }

        var id = PublicationId.Of(body.Bytes);
        await using var turn = await turns.TakeAsync(source.Key, cancellationToken);
        Push push;
        try
        {
            push = await ledger.FindPushAsync(source.Key, body.IdempotencyKey, cancellationToken)
                ?? await RegisterAsync(source, body, id, format, cancellationToken);
        }
        catch (PatientDataException exception)
        {
            return new PushRefused(await barring.BarAsync(NewPublication(source, body, id, format, archivedBytes: 0), exception.Message, cancellationToken));
        }

        if (push.Publication != id)
        {
            return new PushKeyUsed();
        }

        var publication = await FindAsync(source, id, cancellationToken);
        if (publication.State == PublicationState.Archived)
        {
            try
            {
                publication = await intake.TakeInAsync(source, publication, cancellationToken);
            }
            catch (StoreException)
            {
                // The store has said why in the log. Whatever waits is taken in when it is back.
                return new PushWaiting(publication);
            }
        }

        if (publication.State != PublicationState.Stored)
        {
            return new PushRefused(publication.Failure ?? "");
        }

        // The tally is the ledger's too: where it counts nothing rejected there is no list to read.
        var rejections = publication.Tally is { RowsRejected: 0, CellsRejected: 0 }
            ? []
            : await ledger.ListRejectionsAsync(source.Key, id, after: null, int.MaxValue, cancellationToken);
        return new PushTaken(publication, [.. rejections.Select(entry => entry.Rejection)], format.FirstRow());
    }

    private async Task<Push> RegisterAsync(SourceDefinition source, PushedBody body, PublicationId id, PushFormat format, CancellationToken cancellationToken)
    {
        using var original = new MemoryStream(body.Bytes, writable: false);
        var archived = await archive.StoreAsync(original, source.PersonalColumns, source.MaximumBytes, cancellationToken);
        return await ledger.RegisterPushAsync(
            new Push(source.Key, body.IdempotencyKey, body.Actor, id, clock.GetUtcNow()),
            NewPublication(source, body, id, format, archived.Length),
            cancellationToken);
    }

    private NewPublication NewPublication(SourceDefinition source, PushedBody body, PublicationId id, PushFormat format, long archivedBytes) => new(
        source.Key, id, $"push:{body.IdempotencyKey}", format.FileName(), LinkText: null, PublishedAt: null, Revision: 0, clock.GetUtcNow(), archivedBytes, body.Actor);

    private async Task<Publication> FindAsync(SourceDefinition source, PublicationId id, CancellationToken cancellationToken) =>
        await ledger.FindPublicationAsync(source.Key, id, cancellationToken)
        ?? throw new InvalidOperationException($"The push of {id} to {source.Key} is in the ledger without its publication.");
}
