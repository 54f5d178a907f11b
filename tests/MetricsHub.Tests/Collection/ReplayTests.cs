using MetricsHub.Collection;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources.NhsEngland.AmbulanceMonthly;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>What was refused comes in by a replay once the rule has been put right, and the past stays what it was.</summary>
public sealed class ReplayTests
{
    private const string Metric = "ambulance-calls-answered";
    private static readonly Period January = LondonCalendar.Month(2024, 1);

    private static readonly int ParserVersion = new AmbulanceMonthlyParser().Version;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_RuleLoosenedAndHubRestarted_BringsTheFigureInAndLeavesThePast()
    {
        await using var hub = TestHub.Empty(catalogue => catalogue.Replace("metrics.yaml", Range(2_000_000), Range(120_000)));
        hub.Drop(AmbulanceFiles.Source, "a.csv", AmbulanceFiles.Months(1, 1));
        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);
        var publication = await OnlyPublicationAsync(hub);
        var before = hub.Clock.GetUtcNow();
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), await LondonAsync(hub, null));

        hub.ChangeCatalogue(catalogue => catalogue.Replace("metrics.yaml", Range(120_000), Range(2_000_000)));
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await hub.RestartAsync();
        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), await LondonAsync(hub, null));
        await AskAsync(hub, publication);
        await hub.Collector.ReplayAsync(AmbulanceFiles.Source, Cancellation);

        Assert.Equal(Figure.Of(126_044), await LondonAsync(hub, null));
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), await LondonAsync(hub, before.AddHours(1)));
        Assert.Empty(await hub.Ledger.ListRejectionsAsync(null, null, null, 100, Cancellation));
        var after = await OnlyPublicationAsync(hub);
        Assert.Equal((new Reading(ParserVersion, 1), 1, 0), (after.Reading, after.ReplaysAsked, after.Tally.CellsRejected));
        Assert.Equal(publication.Tally.CellsRejected, after.Tally.Observations - publication.Tally.Observations);
    }

    [Fact]
    public async Task Replay_AskedForAndDoneTwiceAtOnce_HasItsEffectOnce()
    {
        await using var hub = await CollectedAsync();
        var publication = await OnlyPublicationAsync(hub);
        var version = hub.Store.Version;

        await Task.WhenAll(AskAsync(hub, publication), AskAsync(hub, publication));
        await Task.WhenAll(ReplayUnlessUnderWayAsync(hub), ReplayUnlessUnderWayAsync(hub));

        Assert.Equal(version + 1, hub.Store.Version);
        Assert.Equal(new Reading(ParserVersion, 1), (await OnlyPublicationAsync(hub)).Reading);
        Assert.Equal(2, (await hub.Ledger.ListActionsAsync(10, Cancellation)).Count);
    }

    // The second is either told that the first is at it, or finds it done.
    private static async Task ReplayUnlessUnderWayAsync(TestHub hub)
    {
        try
        {
            await hub.Collector.ReplayAsync(AmbulanceFiles.Source, Cancellation);
        }
        catch (RunUnderWayException exception)
        {
            Assert.Equal($"Another run of {AmbulanceFiles.Source} is under way.", exception.Message);
        }
    }

    [Fact]
    public async Task Replay_StoppedBetweenStoreAndLedger_IsFinishedAfterTheStartAndChangesNothingTwice()
    {
        await using var hub = await CollectedAsync();
        var publication = await OnlyPublicationAsync(hub);
        await AskAsync(hub, publication);
        var asOf = new StatementQuery(SeriesSelection.All);
        var statements = await hub.Store.ReadAsync(asOf, Cancellation);

        // As if the process had ended here: the replay is in the store, and the ledger does not know.
        await hub.Store.AppendAsync(
            new Release(publication.Id, publication.Source, new Reading(ParserVersion, 1), publication.Release),
            [.. statements.Select(statement => new Statement(statement.Series, statement.Period, statement.Figure, statement.Row))],
            Cancellation);
        var version = hub.Store.Version;
        await hub.RestartAsync();
        Assert.Single(await hub.Ledger.ListUnfinishedPublicationsAsync(AmbulanceFiles.Source, ParserVersion, Cancellation));
        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);

        Assert.Equal(version, hub.Store.Version);
        Assert.Empty(await hub.Ledger.ListUnfinishedPublicationsAsync(AmbulanceFiles.Source, ParserVersion, Cancellation));
        Assert.Equal(
            statements.Select(statement => (statement.Series, statement.Period, statement.Figure)),
            (await hub.Store.ReadAsync(asOf, Cancellation)).Select(statement => (statement.Series, statement.Period, statement.Figure)));
    }

    [Fact]
    public async Task Replay_FileRefusedAsAWhole_SaysSoAgainAndIsNotTriedForEver()
    {
        await using var hub = TestHub.Empty();
        hub.Drop(AmbulanceFiles.Source, "a.csv", "nothing"u8.ToArray());
        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);
        var publication = Assert.Single(await hub.Ledger.ListPublicationsWithRejectionsAsync(AmbulanceFiles.Source, Cancellation));
        await AskAsync(hub, publication);

        await hub.Collector.ReplayAsync(AmbulanceFiles.Source, Cancellation);

        var after = await OnlyPublicationAsync(hub);
        Assert.Equal((PublicationState.Refused, new Reading(ParserVersion, 1), publication.Failure), (after.State, after.Reading, after.Failure));
        Assert.Empty(await hub.Ledger.ListUnfinishedPublicationsAsync(AmbulanceFiles.Source, ParserVersion, Cancellation));
    }

    private static async Task<TestHub> CollectedAsync()
    {
        var hub = TestHub.Empty();
        hub.Drop(AmbulanceFiles.Source, "a.csv", AmbulanceFiles.Months(1, 1));
        await hub.Collector.CollectAsync(AmbulanceFiles.Source, Cancellation);
        return hub;
    }

    private static Task<IReadOnlyList<Publication>> AskAsync(TestHub hub, Publication publication) =>
        hub.Ledger.AskForReplayAsync(publication.Source, [publication.Id], hub.Clock.GetUtcNow(), "local", Cancellation);

    private static async Task<Publication> OnlyPublicationAsync(TestHub hub) =>
        Assert.Single(await hub.Ledger.ListPublicationsAsync(AmbulanceFiles.Source, null, 10, Cancellation));

    private static Task<Figure?> LondonAsync(TestHub hub, DateTimeOffset? asOf) => hub.FigureAsync(Metric, "RRU", January, asOf, Cancellation);

    /// <summary>As the metrics have it; the first one that can reach two million is the calls answered.</summary>
    private static string Range(int to) => $"plausible: \"[0, {to}]\"";
}
