using CsCheck;
using MetricsHub.Domain.Observations;
using MetricsHub.IntegrationTests.Influx;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using MetricsHub.Tests.Storage;
using Xunit;
using static MetricsHub.Tests.Storage.StorageSamples;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>Several processes append to one InfluxDB at the same time.</summary>
public sealed class AppendRaceTests(InfluxFixture influx, PostgresFixture postgres) : IClassFixture<InfluxFixture>
{
    private static readonly StatementQuery Everything = new(SeriesSelection.All);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Append_AnyReleasesByTwoProcessesAtOnce_AreTheModelsInTheOrderOfTheirInstants() =>
        Gen.Select(AnyReleases, AnyReleases).SampleAsync((left, right) => RaceAsync(left, right), iter: 12, threads: 1);

    [Fact]
    public async Task Append_ManyByThreeProcessesAtOnce_LosesNothingAndGivesEveryOneItsInstant()
    {
        var (access, settings) = (influx.NewDatabase(), await postgres.NewSchemaAsync());
        await using var first = new StoreProcess(access, settings, TimeProvider.System);
        await using var second = new StoreProcess(access, settings, TimeProvider.System);
        await using var third = new StoreProcess(access, settings, TimeProvider.System);
        StoreProcess[] processes = [first, second, third];

        var outcomes = new AppendOutcome[60];
        await Parallel.ForEachAsync(Enumerable.Range(0, outcomes.Length), Cancellation, async (number, token) =>
            outcomes[number] = await processes[number % 3].Store.AppendAsync(Release($"{number}", arrival: number), [Hour(number, number), Hour(0, number, "arrivals")], token));

        Assert.Equal(outcomes.Length, outcomes.Select(outcome => outcome.RecordedAt).Distinct().Count());
        Assert.All(outcomes, outcome => Assert.True(outcome.Changed));
        foreach (var process in processes)
        {
            await process.Store.FollowAsync(Cancellation);
            var statements = await process.Store.ReadAsync(Everything, Cancellation);
            Assert.Equal([59, .. Enumerable.Range(0, 60)], statements.Select(statement => (int)Number(statement)));
            Assert.Equal(first.Store.Version, process.Store.Version);
        }
    }

    private async Task RaceAsync((Release Release, IReadOnlyList<Statement> Statements)[] left, (Release Release, IReadOnlyList<Statement> Statements)[] right)
    {
        var (access, settings) = (influx.NewDatabase(), await postgres.NewSchemaAsync());
        await using var one = new StoreProcess(access, settings, TimeProvider.System);
        await using var other = new StoreProcess(access, settings, TimeProvider.System);

        var appended = (await Task.WhenAll(AppendAsync(one.Store, left), AppendAsync(other.Store, right))).SelectMany(some => some).ToList();

        var model = new ObservationModel();
        foreach (var (release, statements, outcome) in appended.Where(append => append.Outcome.Changed).OrderBy(append => append.Outcome.RecordedAt))
        {
            Assert.True(model.Append(release, statements, outcome.RecordedAt));
        }

        var instants = appended.Where(append => append.Outcome.Changed).Select(append => append.Outcome.RecordedAt).ToHashSet();
        Assert.Equal(appended.Count(append => append.Outcome.Changed), instants.Count);
        Assert.All(appended.Where(append => !append.Outcome.Changed), append => Assert.Contains(append.Outcome.RecordedAt, instants));
        await using var late = new StoreProcess(access, settings, TimeProvider.System);
        foreach (var store in new[] { one.Store, other.Store, late.Store })
        {
            await store.FollowAsync(Cancellation);
            await AgreesAsync(store, model, instants);
        }
    }

    private static async Task AgreesAsync(InfluxObservationStore store, ObservationModel model, IReadOnlySet<DateTimeOffset> instants)
    {
        Assert.Equal(model.Latest(SeriesSelection.All), await store.LatestAsync(SeriesSelection.All, Cancellation));
        foreach (var query in instants.Select(instant => Everything with { AsOf = instant }).Append(Everything))
        {
            Assert.Equal(model.Read(query), await store.ReadAsync(query, Cancellation));
        }
    }

    private static async Task<List<(Release Release, IReadOnlyList<Statement> Statements, AppendOutcome Outcome)>> AppendAsync(
        InfluxObservationStore store, (Release Release, IReadOnlyList<Statement> Statements)[] releases)
    {
        var appended = new List<(Release, IReadOnlyList<Statement>, AppendOutcome)>();
        foreach (var (release, statements) in releases)
        {
            appended.Add((release, statements, await store.AppendAsync(release, statements, Cancellation)));
        }

        return appended;
    }
}
