using MetricsHub.Escalation.Explanation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsHub.Tests.Escalation.Explanation;

public sealed class RulesEntryTests
{
    private const string Framework = "access-published-monthly";
    private const string File = "frameworks/access-published-monthly.yaml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_RulesChangedUnderTheSameVersion_AreEnteredAndToldOnce()
    {
        using var log = new LogListener();
        await using var hub = HubWith(log);
        await StartAsync(hub);
        hub.Clock.Advance(TimeSpan.FromDays(1));
        hub.ChangeCatalogue(catalogue =>
        {
            catalogue.Replace(File, "range: \"(-inf, 0.02]\"", "range: \"(-inf, 0.03]\"");
            catalogue.Replace(File, "range: \"(0.02, 0.05]\"", "range: \"(0.03, 0.05]\"");
        });
        await hub.RestartAsync();

        await StartAsync(hub);
        await StartAsync(hub);

        var warned = Assert.Single(log.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.Contains($"The rules of {Framework} changed and its version is still 2", warned.Text, StringComparison.Ordinal);
        var entries = await hub.Ledger.ListRulesAsync(Framework, Cancellation);
        Assert.Equal(2, entries.Count);
        Assert.Equal(hub.Clock.GetUtcNow(), RulesHistory.ChangedWithoutVersion(entries, Framework, "2"));
        Assert.Equal(entries[0], RulesHistory.InForce(entries, Framework, "2", entries[1].Since.AddTicks(-1)));
        Assert.Equal(entries[1], RulesHistory.InForce(entries, Framework, "2", entries[1].Since));
        Assert.Null(RulesHistory.InForce(entries, Framework, "2", entries[0].Since.AddTicks(-1)));
    }

    [Fact]
    public async Task Start_RulesChangedWithTheirVersion_SaysNothing()
    {
        using var log = new LogListener();
        await using var hub = HubWith(log);
        await StartAsync(hub);
        hub.ChangeCatalogue(catalogue => catalogue.Replace(File, "version: \"2\"", "version: \"3\""));
        await hub.RestartAsync();

        await StartAsync(hub);

        Assert.DoesNotContain(log.Entries, entry => entry.Level == LogLevel.Warning);
        var entries = await hub.Ledger.ListRulesAsync(Framework, Cancellation);
        Assert.Null(RulesHistory.ChangedWithoutVersion(entries, Framework, "3"));
        Assert.Null(RulesHistory.InForce(entries, Framework, "2", hub.Clock.GetUtcNow()));
    }

    private static TestHub HubWith(LogListener log) =>
        TestHub.Empty(replace: services => services.AddSingleton<ILoggerProvider>(log));

    private static Task StartAsync(TestHub hub) =>
        hub.Services.GetServices<IHostedService>().OfType<RulesEntry>().Single().StartAsync(Cancellation);
}
