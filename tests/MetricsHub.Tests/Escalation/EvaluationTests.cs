using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Escalation;

/// <summary>Evaluation behind real collection: publishers' files from a folder, through the intake.</summary>
public sealed class EvaluationTests
{
    private const string December = "December-2025-CSV.csv";
    private const string Revised = "Monthly-AE-December-2025-revised-g9Hy6.csv";
    private const string Framework = "access-published-monthly";

    private static readonly FrameworkVersion Access = new(Framework, "2");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evaluate_AfterACollection_StoresWhatIsReadAndTakesOffWhatWasDue()
    {
        await using var hub = TestHub.Empty();
        await CollectAsync(hub, December);
        Assert.NotEmpty((await hub.Ledger.ReadDueAsync(Cancellation)).Spans);
        var before = await ReadAsync(hub);

        var stored = await hub.Evaluator.EvaluateAsync(Cancellation);
        var again = await hub.Evaluator.EvaluateAsync(Cancellation);

        Assert.InRange(stored, 1, int.MaxValue);
        Assert.Equal(0, again);
        Assert.Empty((await hub.Ledger.ReadDueAsync(Cancellation)).Spans);
        Assert.Equal(before, await ReadAsync(hub));
    }

    [Fact]
    public async Task Evaluate_AfterARevision_SupersedesWhatItTouches()
    {
        await using var hub = TestHub.Empty();
        await CollectAsync(hub, December);
        await hub.Evaluator.EvaluateAsync(Cancellation);
        var first = await StoredAsync(hub, null);
        var then = hub.Clock.GetUtcNow();
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await CollectAsync(hub, Revised);
        var before = await ReadAsync(hub);

        await hub.Evaluator.EvaluateAsync(Cancellation);

        Assert.Equal(first, await StoredAsync(hub, then));
        Assert.Equal(before, await ReadAsync(hub));
    }

    [Fact]
    public async Task Evaluate_RulesChanged_GoesOverAllOfItAgain()
    {
        await using var hub = TestHub.Empty();
        await CollectAsync(hub, December);
        await hub.Evaluator.EvaluateAsync(Cancellation);
        var evaluated = (await hub.Ledger.ListEvaluationsAsync(Cancellation)).Single(evaluation => evaluation.Framework == Access);

        hub.ChangeCatalogue(catalogue => catalogue.Replace($"frameworks/{Framework}.yaml", "holdSlots: 1", "holdSlots: 2"));
        await hub.RestartAsync();
        var before = await ReadAsync(hub);
        await hub.Evaluator.EvaluateAsync(Cancellation);

        var now = (await hub.Ledger.ListEvaluationsAsync(Cancellation)).Single(evaluation => evaluation.Framework == Access);
        Assert.NotEqual(evaluated.RulesHash, now.RulesHash);
        Assert.Equal(before, await ReadAsync(hub));
    }

    private static async Task CollectAsync(TestHub hub, string file)
    {
        hub.DropSample(TestHub.AeMonthly, file);
        Assert.Equal(1, (await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation)).Stored);
    }

    private static Organisation Bristol(TestHub hub) => hub.Catalogue.Organisations.Find(new OrganisationCode("QUY"))!;

    private static async Task<IReadOnlyList<HistoryReading>> ReadAsync(TestHub hub)
    {
        var history = (LevelHistory)hub.Services.GetService(typeof(LevelHistory))!;
        var framework = hub.Catalogue.Frameworks.Single(framework => framework.Key == Framework);
        var found = await history.ReadAsync(
            framework, Bristol(hub), LondonCalendar.Month(2025, 10).End, hub.Clock.GetUtcNow(), step: null, asOf: null, Cancellation);
        return [.. found.Select(reading => reading with { Framework = null! })];
    }

    private static Task<IReadOnlyList<Domain.Escalation.ShownOutcome>> StoredAsync(TestHub hub, DateTimeOffset? asOf) => hub.Ledger.ReadReadingsAsync(
        new ReadingQuery(Access, new OrganisationCode("QUY"), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, asOf), Cancellation);
}
