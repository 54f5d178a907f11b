using System.Text.Json;
using MetricsHub.Domain.Organisations;
using MetricsHub.Retention;
using MetricsHub.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Retention;

/// <summary>Housekeeping that removes whatever it may, on a hub that has collected, revised, refused and judged.</summary>
public sealed class RemoverTests : IAsyncLifetime
{
    private static readonly OrganisationCode Icb = new("QUY");
    private static readonly DateTimeOffset EndOf2025 = new(2025, 12, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly List<DateTimeOffset> instants = [];
    private readonly TestHub hub = TestHub.Empty(replace: services => services.AddRetention(new ConfigurationBuilder().AddInMemoryCollection(
        new[] { "RunDays", "PushKeyDays", "RefusedTextDays", "TrialReadingDays", "ArchiveDays" }.ToDictionary(name => $"Retention:{name}", _ => (string?)"1")).Build()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var sample in new[] { "Monthly-AE-December-2024.csv", "December-2025-CSV.csv", "Monthly-AE-December-2025-revised-g9Hy6.csv" })
        {
            hub.DropSample(TestHub.AeMonthly, sample);
            for (var run = 0; run < 4; run++)
            {
                await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
                instants.Add(hub.Clock.GetUtcNow());
                hub.Clock.Advance(TimeSpan.FromHours(6));
            }
        }

        await hub.Evaluator.EvaluateAsync(Cancellation);
        hub.Clock.Advance(TimeSpan.FromDays(30));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Run_WithEverythingRemovedThatMayBe_ChangesNoAnswerAboutALevel()
    {
        var before = await LevelsAsync();

        await hub.Services.GetRequiredService<Remover>().RunAsync(Cancellation);

        Assert.Equal(before, await LevelsAsync());
        var removed = (await hub.Ledger.ListActionsAsync(10, Cancellation)).Where(action => action.Action == "remove").Select(action => action.Object);
        Assert.Equal(["archived bytes", "runs"], removed.Order());
        await hub.RestartAsync();
        Assert.Equal(before, await LevelsAsync());
    }

    [Fact]
    public async Task Run_WhereBytesAreNotToBeKept_RemovesThemAndSaysSince()
    {
        await hub.Services.GetRequiredService<Remover>().RunAsync(Cancellation);

        var publications = await hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 10, Cancellation);
        Assert.Equal(3, publications.Count);
        Assert.All(publications, publication => Assert.Equal(hub.Clock.GetUtcNow(), publication.BytesRemovedAt));
        Assert.Empty(await hub.Services.GetRequiredService<IArchiveStore>().ListAsync(Cancellation));
        Assert.Empty(await hub.Ledger.ListUnfinishedPublicationsAsync(TestHub.AeMonthly, int.MaxValue, Cancellation));
        Assert.Equal(RunOutcome.Succeeded, (await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation)).Outcome);
    }

    /// <summary>The process died after the ledger had it and before the archive did it.</summary>
    [Fact]
    public async Task Run_AfterOneThatWasCutOff_RemovesTheBytesThatWereLeft()
    {
        await hub.Services.GetRequiredService<ILedgerRetention>().EnterBytesRemovedAsync(hub.Clock.GetUtcNow(), hub.Clock.GetUtcNow(), Cancellation);
        Assert.Equal(3, (await hub.Services.GetRequiredService<IArchiveStore>().ListAsync(Cancellation)).Count);

        await hub.Services.GetRequiredService<Remover>().RunAsync(Cancellation);

        Assert.Empty(await hub.Services.GetRequiredService<IArchiveStore>().ListAsync(Cancellation));
    }

    [Fact]
    public void Options_ByDefault_KeepArchivedBytesForEver() => Assert.Equal(0, new RetentionOptions().ArchiveDays);

    /// <summary>As known now and at every instant at which something was collected.</summary>
    private async Task<List<string>> LevelsAsync()
    {
        var organisation = hub.Catalogue.Organisations.Find(Icb)!;
        var levels = new List<string>();
        foreach (var asOf in instants.Select(instant => (DateTimeOffset?)instant).Append(null))
        {
            foreach (var found in await hub.Escalation.ReadAsync(organisation, EndOf2025, asOf, Cancellation))
            {
                levels.Add($"{asOf:O} {found.Reading.Framework.Key} {JsonSerializer.Serialize(new { found.Reading.Outcome, found.Shown, Missing = found.Reading.Missing.Select(missing => missing.ToString()) })}");
            }
        }

        Assert.Contains(levels, level => level.Contains("access-published-monthly", StringComparison.Ordinal));
        return levels;
    }
}
