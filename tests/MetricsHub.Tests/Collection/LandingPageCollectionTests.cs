using MetricsHub.Collection;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using MetricsHub.Tests.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>The real source definition, pointed at a publisher's page on this machine.</summary>
public sealed class LandingPageCollectionTests
{
    private const string FirstRelease = "December-2025-CSV.csv";
    private const string Revision = "Monthly-AE-December-2025-revised-g9Hy6.csv";
    private static readonly Period December = LondonCalendar.Month(2025, 12);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_RevisionAppearsOnThePage_IsCollectedAndNothingIsFetchedTwice()
    {
        var links = $"<a href='/files/{FirstRelease}'>Monthly A&amp;E December 2025 (CSV, 29KB)</a>";
        await using var server = await PublisherServer.StartAsync(context => AnswerAsync(context, links));
        await using var hub = Hub(server);

        var first = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        Assert.Equal(Figure.Of(12321), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));

        links += $"<a href='/files/{Revision}'>Monthly A&amp;E December 2025 revised (CSV, 29KB)</a>";
        hub.Clock.Advance(TimeSpan.FromHours(1));
        var second = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var third = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
        Assert.Equal([(1, 1), (2, 1), (2, 0)], new[] { first, second, third }.Select(run => (run.Offered, run.Stored)));
        var publications = await hub.Ledger.ListPublicationsAsync(null, null, 10, Cancellation);
        Assert.Equal(["Monthly A&E December 2025 revised (CSV, 29KB)", "Monthly A&E December 2025 (CSV, 29KB)"], publications.Select(publication => publication.LinkText));
        Assert.Equal([1, 0], publications.Select(publication => publication.Release.Revision));
    }

    [Fact]
    public async Task Collect_PublisherDown_FailsTheLocationAndKeepsWhatTheFolderHolds()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await using var hub = Hub(server);
        hub.DropSample(TestHub.AeMonthly, Revision);

        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal((RunOutcome.Partial, 1), (result.Outcome, result.Stored));
        Assert.Contains("404", result.Message, StringComparison.Ordinal);
        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
    }

    [Fact]
    public async Task Collect_PrivateNetworkNotAllowed_AsksNobodyAndFailsVisibly()
    {
        await using var server = await PublisherServer.StartAsync(context => AnswerAsync(context, ""));
        await using var hub = Hub(server, privateNetwork: false);

        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(RunOutcome.Partial, result.Outcome);
        Assert.Contains("a private address, and the location does not say privateNetwork: true", result.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Collect_PublisherDenies_IsAskedOnceUntilTheHubIsRestartedAndEveryRunSaysSo()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
        await using var hub = Hub(server);

        var first = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var second = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        Assert.Single(server.Requests);
        await hub.RestartAsync();
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal([RunOutcome.Partial, RunOutcome.Partial], new[] { first, second }.Select(run => run.Outcome));
        Assert.Contains("answered 403 Forbidden", first.Message, StringComparison.Ordinal);
        Assert.StartsWith("not asked: ", second.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Escalation_SourceThatFails_AgesIntoSourceDownAndReadsSoAsItWasKnownThen()
    {
        var isUp = true;
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            if (isUp)
            {
                await AnswerAsync(context, $"<a href='/files/{Revision}'>Monthly A&amp;E December 2025 revised (CSV, 29KB)</a>");
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        await using var hub = Hub(server);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        // November's figures fall due at midnight on 22 December.
        hub.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(AbsenceCode.NotDue, await EdAsync(hub, null));
        hub.Clock.Advance(TimeSpan.FromDays(1));
        var beforeTheFailure = hub.Clock.GetUtcNow();
        Assert.Equal(AbsenceCode.Late, await EdAsync(hub, null));

        isUp = false;
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunOutcome.Partial, (await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation)).Outcome);
        var afterTheFailure = hub.Clock.GetUtcNow();
        Assert.Equal(AbsenceCode.SourceDown, await EdAsync(hub, null));

        isUp = true;
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        Assert.Equal(AbsenceCode.Late, await EdAsync(hub, null));
        Assert.Equal(AbsenceCode.SourceDown, await EdAsync(hub, afterTheFailure));
        Assert.Equal(AbsenceCode.Late, await EdAsync(hub, beforeTheFailure));
    }

    /// <summary>What Bristol's emergency departments are that state nothing for November 2026.</summary>
    private static async Task<AbsenceCode?> EdAsync(TestHub hub, DateTimeOffset? asOf)
    {
        var bristol = hub.Catalogue.Organisations.Find(new OrganisationCode("QUY"))!;
        var reading = Assert.Single(await hub.Escalation.ReadAsync(bristol, null, asOf, Cancellation), found => found.Reading.Framework.Key == "access-published-monthly").Reading;
        Assert.Equal(LondonCalendar.Month(2026, 11), reading.Slot);
        return reading.Missing.Single(input => input.Indicator.Key == "ed-4-hour-performance").Value.Absence;
    }

    private static TestHub Hub(PublisherServer server, bool privateNetwork = true) => TestHub.Empty(
        catalogue => catalogue.Replace(
            "sources/nhs-england-ae-monthly.yaml", "  - landingPage: https://www.england.nhs.uk/", $"  - privateNetwork: {privateNetwork}\n    landingPage: {server.Address}"),
        services => services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new CollectionOptions { ReadLandingPages = true })));

    private static async Task AnswerAsync(HttpContext context, string links)
    {
        if (!context.Request.Path.StartsWithSegments("/files", out var file))
        {
            await context.Response.WriteAsync($"<html><body>{links}</body></html>");
            return;
        }

        var etag = $"\"{file.Value!.Length}\"";
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(Path.Combine(TestHub.Samples, TestHub.AeMonthly.ToString(), file.Value[1..])));
    }
}
