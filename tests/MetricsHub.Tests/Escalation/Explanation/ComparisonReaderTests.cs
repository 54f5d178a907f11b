using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation.Explanation;
using MetricsHub.Tests.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace MetricsHub.Tests.Escalation.Explanation;

public sealed class ComparisonReaderTests
{
    private const string First = "December-2025-CSV.csv";
    private const string Revised = "Monthly-AE-December-2025-revised-g9Hy6.csv";
    private const string Framework = "access-published-monthly";
    private const string File = "frameworks/access-published-monthly.yaml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_NothingChanged_IsNone()
    {
        await using var hub = await StartAsync();
        var then = hub.Clock.GetUtcNow();
        hub.Clock.Advance(TimeSpan.FromDays(1));

        var found = await CompareAsync(hub, then);

        Assert.Equal(ComparisonOutcome.None, found.Changed);
        Assert.Equal(found.ThenByThen!.Hash, found.NowByNow!.Hash);
        Assert.Empty(found.Observations);
        Assert.Empty(found.RuleDifferences);
    }

    [Fact]
    public async Task Read_RevisionCame_IsDataAndNamesWhatWasRevised()
    {
        await using var hub = await StartAsync();
        var then = hub.Clock.GetUtcNow();
        await ReviseAsync(hub);

        var found = await CompareAsync(hub, then);

        Assert.Equal((ComparisonOutcome.Data, (bool?)false), (found.Changed, found.RulesChanged));
        Assert.Equal(found.ThenByThen!.Hash, found.ThenByNow!.Hash);
        Assert.NotEqual(found.ThenByThen.Hash, found.NowByNow!.Hash);

        // Surrey and Sussex's revised count of type 1 attendances, as both files say.
        var attendances = Assert.Single(
            found.Observations, change => change.After!.Series.ToString() == "ed-type-1-attendances@RTP" && change.Kind == StatementChange.Revised);
        Assert.NotEqual(attendances.Before!.Publication, attendances.After!.Publication);
        Assert.Contains(found.Observations, change => change.Kind == StatementChange.Restated);
    }

    [Fact]
    public async Task Read_BandChanged_IsRulesAndSaysWhere()
    {
        await using var hub = await StartAsync();
        var then = hub.Clock.GetUtcNow();
        await ChangeBandAsync(hub);

        var found = await CompareAsync(hub, then);

        Assert.Equal((ComparisonOutcome.Rules, false), (found.Changed, found.DataChanged));
        Assert.Equal(
            [
                new RulesDifference("framework.parameters[ed-4-hour-performance].bands[0].range", "\"[0.78, \\u002Binf)\"", "\"[0.5, \\u002Binf)\""),
                new RulesDifference("framework.parameters[ed-4-hour-performance].bands[1].range", "\"[0.7, 0.78)\"", "\"[0.4, 0.5)\""),
                new RulesDifference("framework.parameters[ed-4-hour-performance].bands[2].range", "\"[0.6, 0.7)\"", "\"[0.3, 0.4)\""),
                new RulesDifference("framework.parameters[ed-4-hour-performance].bands[3].range", "\"(-inf, 0.6)\"", "\"(-inf, 0.3)\""),
            ],
            found.RuleDifferences);
        Assert.Equal(found.ThenByThen!.Hash, found.NowByThen!.Hash);
        Assert.True(found.NowByNow!.Reading.Outcome.Points < found.NowByThen.Reading.Outcome.Points);
    }

    [Fact]
    public async Task Read_RevisionAndBand_IsBothWithFourDifferentCells()
    {
        await using var hub = await StartAsync();
        var then = hub.Clock.GetUtcNow();
        await ReviseAsync(hub);
        await ChangeBandAsync(hub);

        var found = await CompareAsync(hub, then);

        Assert.Equal(ComparisonOutcome.Both, found.Changed);
        Assert.Equal(4, new[] { found.ThenByThen, found.NowByThen, found.ThenByNow, found.NowByNow }.Select(cell => cell!.Hash).Distinct().Count());
    }

    [Fact]
    public async Task Read_OtherEngineThen_SaysThatItCannotBeRun()
    {
        await using var hub = TestHub.Empty();
        await hub.Ledger.EnterRulesAsync([.. hub.Catalogue.Frameworks.Select(hub.Catalogue.RulesOf)], "0", hub.Clock.GetUtcNow(), Cancellation);
        await CollectAsync(hub, First);
        var then = hub.Clock.GetUtcNow();
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await EnterAsync(hub);

        var found = await CompareAsync(hub, then);

        Assert.Equal((ComparisonOutcome.Engine, (bool?)null), (found.Changed, found.RulesChanged));
        Assert.Equal(("0", null), (found.Then.Entry!.EngineVersion, found.Then.Rules));
        Assert.Null(found.ThenByThen);
        Assert.NotNull(found.ThenByNow);
    }

    [Fact]
    public async Task Read_BeforeRulesWereEntered_IsUnknown()
    {
        await using var hub = TestHub.Empty();
        await CollectAsync(hub, First);
        var then = hub.Clock.GetUtcNow();
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await EnterAsync(hub);

        var found = await CompareAsync(hub, then);

        Assert.Equal((ComparisonOutcome.Unknown, (bool?)null, false), (found.Changed, found.RulesChanged, found.DataChanged));
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = TestHub.Empty();
        await EnterAsync(hub);
        await CollectAsync(hub, First);
        return hub;
    }

    private static async Task ReviseAsync(TestHub hub)
    {
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await CollectAsync(hub, Revised);
    }

    private static async Task ChangeBandAsync(TestHub hub)
    {
        hub.Clock.Advance(TimeSpan.FromDays(1));
        hub.ChangeCatalogue(Loosen);
        await hub.RestartAsync();
        await EnterAsync(hub);
    }

    private static void Loosen(CatalogueFolder catalogue)
    {
        catalogue.Replace(File, "[0.78, +inf)", "[0.5, +inf)");
        catalogue.Replace(File, "[0.70, 0.78)", "[0.4, 0.5)");
        catalogue.Replace(File, "[0.60, 0.70)", "[0.3, 0.4)");
        catalogue.Replace(File, "(-inf, 0.60)", "(-inf, 0.3)");
    }

    private static async Task CollectAsync(TestHub hub, string sample)
    {
        hub.DropSample(TestHub.AeMonthly, sample);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
    }

    private static Task EnterAsync(TestHub hub) => hub.Services.GetServices<IHostedService>().OfType<RulesEntry>().Single().StartAsync(Cancellation);

    private static async Task<Comparison> CompareAsync(TestHub hub, DateTimeOffset then) => Assert.Single(
        await hub.Services.GetRequiredService<ComparisonReader>().ReadAsync(
            hub.Catalogue.Organisations.Find(new OrganisationCode("QXU"))!, Framework, LondonCalendar.Month(2025, 12).End, then, hub.Clock.GetUtcNow(), Cancellation));
}
