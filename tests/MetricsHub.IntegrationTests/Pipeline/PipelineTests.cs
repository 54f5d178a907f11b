using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MetricsHub.IntegrationTests.Faults;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>
/// The whole pipeline on the production stores, two workers and two API processes, beside an embedded hub that was given the same: every
/// answer of every API process is the embedded hub's. METRICSHUB_PIPELINE=whole asks about every system, not about a few
/// (<c>make pipeline</c>); METRICSHUB_PIPELINE_TABLE names a file for the table of hashes.
/// </summary>
public sealed class PipelineTests(PostgresFixture postgres)
{
    private const int Seed = 20261123;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pipeline_OnInfluxAndPostgresByFourProcesses_AnswersAsTheEmbeddedHub()
    {
        var started = Stopwatch.StartNew();
        await using var feeds = await PlayedFeeds.StartAsync(Seed, Cancellation);
        await using var embedded = await Installation.EmbeddedAsync(feeds, CreateAsync);
        await using var production = await Installation.ProductionAsync(feeds, CreateAsync);
        await new Inputs(embedded, feeds.Now, Cancellation).GiveAsync();
        await new Inputs(production, feeds.Now, Cancellation).GiveAsync();

        var expected = embedded.Doors[0].Hub;
        var table = new HashTable([.. production.Doors.Select(door => door.Name)]);
        foreach (var (heading, address) in Questions.Of(await SystemsAsync(expected), feeds.Now))
        {
            table.Add(heading, address, await AskAsync(expected, address), await Task.WhenAll(production.Doors.Select(door => AskAsync(door.Hub, address))));
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{table}{Environment.NewLine}{started.Elapsed.TotalSeconds:0} s in all");
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("METRICSHUB_PIPELINE_TABLE") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, text + Environment.NewLine, Cancellation);
        }

        Assert.True(table.Answers > 100, "Too little was asked to say anything.");
        Assert.True(table.Differences.Count == 0, string.Join(Environment.NewLine, table.Differences));
    }

    private Task<Stores> CreateAsync(string kind) => Stores.CreateAsync(kind, postgres, Cancellation);

    private static async Task<(string MediaType, string Body)> AskAsync(HubProcess hub, string address)
    {
        using var answer = await hub.Http.GetAsync(address, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode} {body}");
        return (answer.Content.Headers.ContentType!.MediaType!, body);
    }

    private static async Task<IReadOnlyList<string>> SystemsAsync(HubProcess hub)
    {
        if (Environment.GetEnvironmentVariable("METRICSHUB_PIPELINE") != "whole")
        {
            return ["QUY", "QOX", "QWO", "SIM"];
        }

        using var answer = JsonDocument.Parse(await hub.Http.GetStringAsync("/api/v1/organisations?kind=system", Cancellation));
        return [.. answer.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()!)];
    }
}
