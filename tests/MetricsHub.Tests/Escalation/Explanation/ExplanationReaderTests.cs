using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation.Explanation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using LevelExplanation = MetricsHub.Escalation.Explanation.Explanation;

namespace MetricsHub.Tests.Escalation.Explanation;

public sealed class ExplanationReaderTests
{
    private const string First = "December-2025-CSV.csv";
    private const string Revised = "Monthly-AE-December-2025-revised-g9Hy6.csv";
    private const string Framework = "access-published-monthly";

    private static readonly DateTimeOffset AtYearEnd = LondonCalendar.Month(2025, 12).End;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_TwoHubsOtherClocksOtherOrder_HaveTheSameHashBitForBit()
    {
        await using var one = TestHub.Empty();
        await CollectAsync(one, First);
        await CollectAsync(one, Revised);
        await using var other = TestHub.Empty();
        other.Clock.Advance(TimeSpan.FromDays(200));
        await CollectAsync(other, Revised);
        other.Clock.Advance(TimeSpan.FromDays(3));
        await CollectAsync(other, First);

        foreach (var system in new[] { "QUY", "QXU", "QT1" })
        {
            var (here, there) = (await ExplainAsync(one, system), await ExplainAsync(other, system));

            Assert.Equal(here.Derivation.Hash, there.Derivation.Hash);
            Assert.Equal(here.Derivation.InputsHash, there.Derivation.InputsHash);
            Assert.NotEqual(
                here.Derivation.Inputs.First().Contributors[0].Statements[0].RecordedAt, there.Derivation.Inputs.First().Contributors[0].Statements[0].RecordedAt);
        }
    }

    [Fact]
    public async Task Read_FigureChanged_HasAnotherHashWhereItCounts()
    {
        await using var one = TestHub.Empty();
        await CollectAsync(one, Revised);
        await using var other = TestHub.Empty();
        var changed = (await File.ReadAllTextAsync(Path.Combine(TestHub.Samples, TestHub.AeMonthly.ToString(), Revised), Cancellation))
            .Replace(",9074,", ",9075,", StringComparison.Ordinal);
        other.Drop(TestHub.AeMonthly, Revised, System.Text.Encoding.UTF8.GetBytes(changed));
        await other.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        var (here, there) = (await ExplainAsync(one, "QUY"), await ExplainAsync(other, "QUY"));

        Assert.NotEqual(here.Derivation.InputsHash, there.Derivation.InputsHash);
        Assert.NotEqual(here.Derivation.Hash, there.Derivation.Hash);
        Assert.Equal(here.Derivation.Rules.Hash, there.Derivation.Rules.Hash);
    }

    [Fact]
    public async Task Read_BandChanged_HasOtherRulesOverTheSameInputs()
    {
        await using var one = TestHub.Empty();
        await CollectAsync(one, Revised);
        await using var other = TestHub.Empty(catalogue =>
        {
            catalogue.Replace("frameworks/access-published-monthly.yaml", "[0.78, +inf)", "[0.79, +inf)");
            catalogue.Replace("frameworks/access-published-monthly.yaml", "[0.70, 0.78)", "[0.70, 0.79)");
        });
        await CollectAsync(other, Revised);

        var (here, there) = (await ExplainAsync(one, "QUY"), await ExplainAsync(other, "QUY"));

        Assert.NotEqual(here.Derivation.Rules.Hash, there.Derivation.Rules.Hash);
        Assert.NotEqual(here.Derivation.Hash, there.Derivation.Hash);
        Assert.Equal(here.Derivation.InputsHash, there.Derivation.InputsHash);
    }

    [Fact]
    public async Task Read_AsOfBeforeTheRevision_RestsOnTheFirstPublication()
    {
        await using var hub = TestHub.Empty();
        await CollectAsync(hub, First);
        var before = hub.Clock.GetUtcNow();
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await CollectAsync(hub, Revised);

        var (then, now) = (await ExplainAsync(hub, "QUY", before), await ExplainAsync(hub, "QUY"));

        Assert.Equal([First], then.Publications.Values.Select(publication => publication.FileName));
        Assert.Equal([Revised], now.Publications.Values.Select(publication => publication.FileName));
        Assert.All(then.Derivation.Inputs.SelectMany(Leaf.Of), leaf => Assert.Contains(leaf.Statement.Publication, then.Publications.Keys));
    }

    [Fact]
    public async Task Read_EverySystemAndFramework_IsTheLevelThatIsRead()
    {
        await using var hub = TestHub.Empty();
        await CollectAsync(hub, Revised);
        foreach (var system in hub.Catalogue.Organisations.All.Where(organisation => organisation.Kind == OrganisationKind.System).Take(12))
        {
            var read = await hub.Escalation.ReadAsync(system, AtYearEnd, null, Cancellation);

            var explained = await hub.Services.GetRequiredService<ExplanationReader>().ReadAsync(system, null, AtYearEnd, null, Cancellation);

            Assert.Equal(
                read.Select(each => (each.Reading.Framework.Key, each.Reading.Outcome, each.Shown)),
                explained.Select(each => (each.Derivation.Rules.Framework.Key, each.Derivation.Reading.Outcome, each.Derivation.Shown)));
        }
    }

    private static async Task CollectAsync(TestHub hub, string sample)
    {
        hub.DropSample(TestHub.AeMonthly, sample);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
    }

    private static async Task<LevelExplanation> ExplainAsync(TestHub hub, string system, DateTimeOffset? asOf = null) => Assert.Single(
        await hub.Services.GetRequiredService<ExplanationReader>().ReadAsync(
            hub.Catalogue.Organisations.Find(new OrganisationCode(system))!, Framework, AtYearEnd, asOf, Cancellation));
}
