using System.Collections.Concurrent;
using System.Text;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.Dos;
using MetricsHub.Tests.Simulator;
using Microsoft.Extensions.FileSystemGlobbing;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>
/// A clean publication of a source: the smallest of its bundled samples, what the simulator serves of a simulated feed, or rows that a
/// source takes which is pushed to.
/// </summary>
internal sealed record SourceSample(string FileName, byte[] Bytes)
{
    private static readonly ConcurrentDictionary<SourceKey, Lazy<Task<SourceSample>>> Known = new();

    public PublicationContent Content => new(Bytes, FileName, LinkText: null);

    public static Task<SourceSample> OfAsync(SourceDefinition source) =>
        Known.GetOrAdd(source.Key, _ => new Lazy<Task<SourceSample>>(() => MakeAsync(AcceptedSources.Find(source.Key.ToString())))).Value;

    private static async Task<SourceSample> MakeAsync(SourceDefinition source)
    {
        if (source.TakesPushes)
        {
            return new SourceSample("push.csv", Pushed(source));
        }

        if (source.CapacityServices.Count > 0)
        {
            return new SourceSample("capacity-status.json", Looked(source));
        }

        if (source.Locations.OfType<FeedDefinition>().FirstOrDefault(feed => feed.Address.Host == AcceptedSources.Simulator.Host) is { } feed)
        {
            await using var simulator = await SimulatorHost.StartAsync();
            var since = SimulatorHost.Now.AddHours(-1).UtcDateTime.ToString("s") + "Z";
            return new SourceSample(feed.Address.Segments[^1], await simulator.BytesAsync($"{feed.Address.AbsolutePath}?{feed.Since}={since}"));
        }

        var folder = new DirectoryInfo(Path.Combine(TestHub.Samples, source.Key.ToString()));
        Assert.True(folder.Exists, $"samples/{source.Key} is missing.");
        var file = folder.GetFiles()
            .Where(file => source.Locations.OfType<FolderDefinition>().Any(location =>
                new Matcher(StringComparison.OrdinalIgnoreCase).AddInclude(location.Pattern).Match(file.Name).HasMatches))
            .MinBy(file => file.Length);
        Assert.True(file is not null, $"samples/{source.Key} holds nothing that a folder of the source would offer.");
        return new SourceSample(file.Name, await File.ReadAllBytesAsync(file.FullName));
    }

    /// <summary>A look at the first service, which is green, two hours before the hub's clock.</summary>
    private static byte[] Looked(SourceDefinition source)
    {
        using var bytes = new MemoryStream();
        new CapacityStatusDocument(
            new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), [new CapacityStatusAnswer(source.CapacityServices[0].Id, "GREEN", null, null, null)]).Write(bytes);
        return bytes.ToArray();
    }

    /// <summary>A row for each metric, of the first organisation that may state it, two hours before the hub's clock.</summary>
    private static byte[] Pushed(SourceDefinition source)
    {
        var text = new StringBuilder("metric,organisation,at,value\n");
        foreach (var metric in AcceptedSources.Catalogue.MetricsOf(source.Key))
        {
            var organisation = AcceptedSources.Catalogue.Organisations.All.First(organisation =>
                AcceptedSources.Catalogue.IsSimulated(organisation.Code) == source.Simulated && metric.ReportedBy.Contains(organisation.Kind));
            text.Append($"{metric.Key},{organisation.Code},2026-11-22T10:00:00Z,12\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
