using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>One hub with every source of the catalogue, each led to a publisher on this machine; the tests of a class share it.</summary>
public sealed class AcceptanceHub : IAsyncLifetime
{
    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal TestHub Hub { get; private set; } = null!;

    internal AcceptancePublisher Publisher { get; } = new();

    internal AcceptanceNetwork Network { get; } = new();

    internal HurriedClock Clock { get; } = new();

    internal HubCatalogue Catalogue => Hub.Catalogue;

    public async ValueTask InitializeAsync()
    {
        await Publisher.StartAsync();
        var catalogue = AcceptedSources.Catalogue with
        {
            Sources = AcceptedSources.Catalogue.Sources.ToDictionary(source => source.Key, source => Publisher.Lead(source.Value)),
        };
        Hub = TestHub.Empty(replace: services => services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<INetwork>(Network)
            .AddSingleton(Options.Create(new CollectionOptions { ReadLandingPages = true }))
            .AddSingleton(catalogue));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Publisher.DisposeAsync();
    }

    internal SourceDefinition Find(string key) => Catalogue.Sources[new SourceKey(key)];

    /// <summary>A run, later than any pause that the one before may have brought on.</summary>
    internal Task<RunResult> CollectAsync(SourceKey source)
    {
        Clock.Advance(TimeSpan.FromHours(2));
        return Hub.Collector.CollectAsync(source, Cancellation);
    }

    /// <summary>What is current of all metrics of a source, whoever stated it.</summary>
    internal async Task<IReadOnlyDictionary<(SeriesKey Series, Period Period), Figure>> CurrentAsync(SourceDefinition source)
    {
        if (AcceptedSources.StatesFacts(source))
        {
            return new Dictionary<(SeriesKey, Period), Figure>();
        }

        return (await StatementsAsync(source)).ToDictionary(statement => (statement.Series, statement.Period), statement => statement.Figure);
    }

    /// <summary>How many numbers of a publication are current.</summary>
    internal async Task<int> CountAsync(SourceDefinition source, PublicationId publication) =>
        (await StatementsAsync(source)).Count(statement => statement.Publication == publication && !statement.Figure.IsAbsent);

    /// <summary>What a reading of bytes comes to after all checks.</summary>
    /// <exception cref="PublicationFormatException">The file was refused as a whole.</exception>
    internal async Task<ParsedPublication> ReadAsync(SourceDefinition source, PublicationContent content)
    {
        var parsed = SimulatedApart.Check(AcceptedSources.ParserOf(source).Parse(content), source, Catalogue);
        return (await Hub.Services.GetRequiredService<PublicationChecks>().CheckAsync(source, parsed, Clock.GetUtcNow(), Cancellation)).Publication;
    }

    internal async Task<string> WordAsync(SourceKey source) =>
        (await new SourceStatusReader(Catalogue, Hub.Store, Hub.Ledger, Clock).FindAsync(source, Cancellation))!.Word;

    /// <summary>The publication that came last, whatever became of it.</summary>
    internal async Task<Publication> NewestAsync(SourceKey source) =>
        Assert.Single(await Hub.Ledger.ListPublicationsAsync(source, null, 1, Cancellation));

    private Task<IReadOnlyList<RecordedStatement>> StatementsAsync(SourceDefinition source)
    {
        var metrics = Catalogue.MetricsOf(source.Key).Select(metric => metric.Key).ToHashSet();
        return Hub.Store.ReadAsync(new StatementQuery(new SeriesSelection(metrics, null)), Cancellation);
    }
}
