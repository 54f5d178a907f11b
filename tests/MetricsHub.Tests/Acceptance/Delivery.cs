using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Access;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MetricsHub.Tests.Acceptance;

/// <summary>What the hub said of a delivery.</summary>
/// <param name="Succeeded">Whether nothing at all was wrong with it as a whole; rows may be refused.</param>
/// <param name="Stored">How many publications were stored.</param>
internal sealed record Receipt(bool Succeeded, int Stored, string? Message);

/// <summary>How what a source states comes to the hub.</summary>
internal abstract class Delivery(AcceptanceHub hub, SourceDefinition source)
{
    protected AcceptanceHub Hub { get; } = hub;

    protected SourceDefinition Source { get; } = source;

    public static Delivery For(AcceptanceHub hub, SourceDefinition source) => source switch
    {
        { TakesPushes: true } => new Push(hub, source),
        _ when IsWeb(source) => new Web(hub, source),
        _ => new Folder(hub, source),
    };

    public static bool IsWeb(SourceDefinition source) => source.Locations.Any(location => location is not FolderDefinition);

    /// <summary>Whether something else than the file itself says where the file is.</summary>
    public static bool HasIndex(SourceDefinition source) => source.Locations.Any(location => location is LandingPageDefinition or CkanDefinition or OrdDefinition);

    public abstract Task<Receipt> DeliverAsync(string fileName, byte[] bytes);

    protected static Receipt ReceiptOf(RunResult run) => new(run.Outcome == RunOutcome.Succeeded, run.Stored, run.Message);

    private sealed class Web(AcceptanceHub hub, SourceDefinition source) : Delivery(hub, source)
    {
        public override async Task<Receipt> DeliverAsync(string fileName, byte[] bytes)
        {
            Hub.Publisher.Offer(Source.Key, fileName, bytes);
            return ReceiptOf(await Hub.CollectAsync(Source.Key));
        }
    }

    private sealed class Folder(AcceptanceHub hub, SourceDefinition source) : Delivery(hub, source)
    {
        // A file that was written within the same tick and is as long would be taken for the same.
        private DateTime written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public override async Task<Receipt> DeliverAsync(string fileName, byte[] bytes)
        {
            Hub.Hub.Drop(Source.Key, fileName, bytes);
            File.SetLastWriteTimeUtc(Path.Combine(Hub.Hub.DataFolder, "inbox", Source.Key.ToString(), fileName), written = written.AddSeconds(1));
            return ReceiptOf(await Hub.CollectAsync(Source.Key));
        }
    }

    private sealed class Push(AcceptanceHub hub, SourceDefinition source) : Delivery(hub, source)
    {
        private int pushes;

        public override async Task<Receipt> DeliverAsync(string fileName, byte[] bytes)
        {
            var before = Hub.Hub.Store.Version;
            var outcome = await Hub.Hub.Services.GetRequiredService<PushReceiver>().ReceiveAsync(
                Source, new PushedBody($"push-{Guid.NewGuid():N}-{pushes++}", "local", "text/csv", bytes, [Grant.Everything]), AcceptanceHub.Cancellation);
            return outcome switch
            {
                PushTaken => new Receipt(true, Hub.Hub.Store.Version > before ? 1 : 0, null),
                PushRefused refused => new Receipt(false, 0, refused.Reason),
                _ => throw new InvalidOperationException($"A new key was answered with {outcome}."),
            };
        }
    }
}
