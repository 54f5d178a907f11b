using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources.Dos;
using MetricsHub.Tests.Sources.Locations;
using Microsoft.AspNetCore.Http;

namespace MetricsHub.Tests.Acceptance;

/// <summary>What a publisher offers for a source.</summary>
/// <param name="Release">Counts what it has offered, so that a newer file is known for one.</param>
internal sealed record Offered(string FileName, byte[] Bytes, int Release);

/// <summary>Where a fault is: at what lists the files (a page, a data set, a directory), or at the file itself.</summary>
internal enum Place
{
    Index,
    File,
}

/// <summary>The publishers of all sources, on one loopback port, in the form that each source's own location asks for.</summary>
internal sealed class AcceptancePublisher : IAsyncDisposable
{
    public const string Host = "publisher.test";

    private readonly ConcurrentDictionary<string, Offered> offered = new();
    private readonly ConcurrentDictionary<(string Key, Place Place), RequestDelegate> faults = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> resourceMetadata = [];
    private PublisherServer server = null!;

    /// <summary>How often anything of a source was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    /// <summary>The query of the last question for the file.</summary>
    public ConcurrentDictionary<string, string> LastQuery { get; } = new();

    private string Root => $"http://{Host}:{server.Address.Port}";

    public async Task StartAsync() => server = await PublisherServer.StartAsync(AnswerAsync);

    /// <summary>The source with its addresses led to this publisher, and without the bundled samples.</summary>
    public SourceDefinition Lead(SourceDefinition source)
    {
        var host = $"{Host}:{server.Address.Port}";
        var index = new Uri($"{Root}/{source.Key}/index");
        return source with
        {
            // One service, so that one question is one look.
            CapacityServices = [.. source.CapacityServices.Take(1)],
            Locations =
            [
                .. source.Locations
                    .Where(location => location is not FolderDefinition folder || !folder.Folder.StartsWith("{samples}", StringComparison.Ordinal))
                    .Select(location => location switch
                    {
                        LandingPageDefinition page => page with { Page = index, LinkText = ".", AllowedHosts = [host], PrivateNetwork = true },
                        CkanDefinition ckan => Remember(source.Key, ckan) with { Package = index, ResourceTitle = ".", AllowedHosts = [host], PrivateNetwork = true },
                        OrdDefinition ord => ord with { List = index, AllowedHosts = [host], PrivateNetwork = true },
                        FeedDefinition feed => feed with { Address = new Uri($"{Root}/{source.Key}/file/{feed.Address.Segments[^1]}"), PrivateNetwork = true },
                        DosDefinition dos => dos with { Services = new Uri($"{Root}/{source.Key}/file/"), PrivateNetwork = true },
                        _ => location,
                    }),
            ],
        };
    }

    public void Offer(SourceKey source, string fileName, byte[] bytes) => offered.AddOrUpdate(
        source.ToString(), _ => new Offered(fileName, bytes, 1), (_, before) => new Offered(fileName, bytes, before.Release + 1));

    public void Break(SourceKey source, Place place, RequestDelegate fault) => faults[(source.ToString(), place)] = fault;

    public void Mend(SourceKey source)
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            faults.TryRemove((source.ToString(), place), out _);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private CkanDefinition Remember(SourceKey source, CkanDefinition ckan)
    {
        resourceMetadata[source.ToString()] = ckan.ResourceMetadata;
        return ckan;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (key, place) = (parts[0], parts[1] == "index" ? Place.Index : Place.File);
        Asked.AddOrUpdate(key, 1, (_, before) => before + 1);

        // Every fetch makes a connection of its own: one that is kept open would outlive a fault of the network.
        context.Response.Headers.Connection = "close";
        if (faults.TryGetValue((key, place), out var fault))
        {
            await fault(context);
        }
        else if (place == Place.File)
        {
            LastQuery[key] = context.Request.QueryString.Value ?? "";
            await AnswerFileAsync(context, parts[^1] == "capacitystatus" ? AnswerOf(offered[key]) : offered[key]);
        }
        else
        {
            await AnswerIndexAsync(context, key, offered[key]);
        }
    }

    /// <summary>What the directory of services says of the one service of a look.</summary>
    private static Offered AnswerOf(Offered look) =>
        look with { Bytes = JsonSerializer.SerializeToUtf8Bytes(CapacityStatusDocument.Read(look.Bytes).Services[0], JsonSerializerOptions.Web) };

    /// <summary>Conditionally: by tag, and by date for who has none.</summary>
    private static async Task AnswerFileAsync(HttpContext context, Offered file)
    {
        var tag = $"\"{file.Release}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag || (context.Request.GetTypedHeaders().IfModifiedSince is { Year: >= 2999 }))
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotModified;
            return;
        }

        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private async Task AnswerIndexAsync(HttpContext context, string key, Offered file)
    {
        var address = $"{Root}/{key}/file/{Uri.EscapeDataString(file.FileName)}";
        var published = new DateOnly(2026, 1, 1).AddDays(file.Release).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var location = AcceptedSources.Find(key).Locations.First(location => location is LandingPageDefinition or CkanDefinition or OrdDefinition);
        context.Response.Headers["X-Total-Count"] = "1";
        await context.Response.WriteAsync(location switch
        {
            CkanDefinition => JsonSerializer.Serialize(new
            {
                success = true,
                result = new { resources = new[] { new Dictionary<string, string>(resourceMetadata[key]) { ["title"] = file.FileName, ["url"] = address } } },
            }),
            OrdDefinition => JsonSerializer.Serialize(new
            {
                Organisations = new[] { new { Name = file.FileName, OrgId = Path.GetFileNameWithoutExtension(file.FileName), LastChangeDate = published, OrgLink = address } },
            }),
            _ => $"<html><body><a href='{address}'>{WebUtility.HtmlEncode(file.FileName)}</a></body></html>",
        });
    }
}
