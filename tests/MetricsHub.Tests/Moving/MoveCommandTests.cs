using MetricsHub.Moving;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Moving;

/// <summary>The command on embedded stores; what it does with servers is tried where there are servers.</summary>
public sealed class MoveCommandTests : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.Empty();
    private readonly TemporaryFolder target = new();
    private readonly StringWriter said = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub.DropSample(TestHub.AeMonthly, "December-2025-CSV.csv");
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        await hub.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        target.Dispose();
        await said.DisposeAsync();
    }

    [Fact]
    public async Task Move_ToAnEmptyFolder_ShowsEveryPartEqual()
    {
        Assert.Equal(0, await MoveAsync());

        var parts = said.ToString().Split('\n').Where(line => line.Contains("  ", StringComparison.Ordinal) && !line.Contains("SHA-256", StringComparison.Ordinal) && !line.StartsWith("to ", StringComparison.Ordinal)).ToList();
        Assert.All(parts, line => Assert.EndsWith(" equal", line, StringComparison.Ordinal));
        Assert.Contains(parts, line => line.StartsWith("ledger: publication ", StringComparison.Ordinal));
        Assert.Contains(parts, line => line.StartsWith("observations ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Likeness_AfterOneRowWasChanged_NamesItsTableAndNoOther()
    {
        await MoveAsync();
        var path = Path.Combine(target.Path, "metricshub.duckdb");
        using (var file = DuckDbFile.Open(new DuckDbSettings(path), TimeProvider.System, NullLogger<DuckDbFile>.Instance))
        {
            file.ReadNow(connection => connection.Execute("UPDATE run SET offered = offered + 1"));
        }

        await using var here = await Installation.OpenAsync(CommandSettings.Read(["--Storage:DataFolder", hub.DataFolder]), Cancellation);
        await using var there = await Installation.OpenAsync(CommandSettings.Read(["--Storage:DataFolder", target.Path]), Cancellation);
        var other = Assert.Single(await Likeness.OfAll(here, there).Where(part => part.FirstDifference is not null).ToListAsync(Cancellation));

        Assert.Equal(("ledger: run", "row 1 (run_id 1) here, row 1 (run_id 1) there"), (other.Part, other.FirstDifference));
    }

    [Fact]
    public async Task Move_WithoutATarget_SaysHow()
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => MoveCommand.RunAsync(["--Storage:DataFolder", hub.DataFolder], said, Cancellation));

        Assert.Contains("--to:Storage:Observations influx", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_Twice_IsRefusedTheSecondTime()
    {
        await MoveAsync();

        var refused = await Assert.ThrowsAsync<StartException>(MoveAsync);

        Assert.Contains("is not empty: there are observations, 1 archived publications", refused.Message, StringComparison.Ordinal);
    }

    private Task<int> MoveAsync() => MoveCommand.RunAsync(["--Storage:DataFolder", hub.DataFolder, "--to:Storage:DataFolder", target.Path], said, Cancellation);
}
