using System.Net;
using System.Text.Json;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Simulator;

public sealed class FaultTests
{
    [Fact]
    public async Task Down_WhileItLasts_IsAnAnswerOf503OfThisFeedAlone()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        (await simulator.BreakAsync("wards", "down", forSeconds: 60)).EnsureSuccessStatusCode().Dispose();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(simulator, "/feeds/wards.csv"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(simulator, "/feeds/sdec.csv"));
        Assert.Equal("down", (await simulator.JsonAsync("/faults"))[0].GetProperty("kind").GetString());

        simulator.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(simulator, "/feeds/wards.csv"));
        Assert.Equal(0, (await simulator.JsonAsync("/faults")).GetArrayLength());
    }

    [Fact]
    public async Task Fault_OfTheCommandLine_LastsUntilItIsLifted()
    {
        await using var simulator = await SimulatorHost.StartAsync(null, "--fault", "wards=down", "--fault", "dos=down");
        simulator.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(simulator, "/feeds/wards.csv"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(simulator, "/dos/api/v1.0/services/990001/capacitystatus/"));

        (await simulator.MendAsync()).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(simulator, "/feeds/wards.csv"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(simulator, "/dos/api/v1.0/services/990001/capacitystatus/"));
    }

    [Fact]
    public async Task Garbage_InsteadOfAFeed_IsAPageWithStatus200()
    {
        await using var simulator = await SimulatorHost.StartAsync(null, "--fault", "wards=garbage");
        using var response = await simulator.GetAsync("/feeds/wards.csv");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Null(response.Headers.ETag);
        Assert.StartsWith("<!DOCTYPE html>", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_Feed_IsItsFirstHalf()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var whole = await simulator.BytesAsync("/feeds/wards.csv");
        using var started = await simulator.BreakAsync("wards", "truncated");
        var half = await simulator.BytesAsync("/feeds/wards.csv");

        Assert.Equal(whole[..(whole.Length / 2)], half);
    }

    [Fact]
    public async Task Hang_UntilItIsLifted_GivesNoAnswer()
    {
        await using var simulator = await SimulatorHost.StartAsync(null, "--fault", "wards=hang");
        var hanging = simulator.GetAsync("/feeds/wards.csv");

        // Another feed answers meanwhile, so the first would have answered too.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(simulator, "/feeds/sdec.csv"));
        Assert.False(hanging.IsCompleted);
        (await simulator.MendAsync()).Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Slow_Feed_GivesAByteASecondAndTheRestWhenItIsLifted()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var whole = await simulator.BytesAsync("/feeds/ambulance-control.json");
        using var started = await simulator.BreakAsync("ambulance-control", "slow", forSeconds: 3600);
        using var response = await simulator.Client.GetAsync(
            new Uri("/feeds/ambulance-control.json", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var bytes = new byte[whole.Length];

        Assert.Equal(1, await body.ReadAsync(bytes.AsMemory(0), TestContext.Current.CancellationToken));
        var second = body.ReadAsync(bytes.AsMemory(1), TestContext.Current.CancellationToken).AsTask();
        Assert.False(second.IsCompleted);
        while (!second.IsCompleted)
        {
            // The simulator may not have begun to wait yet: its clock moves until it has, and not so fast that the fault is over before.
            simulator.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        var read = 1 + await second;
        Assert.InRange(read, 2, whole.Length - 1);
        (await simulator.MendAsync()).Dispose();
        await body.ReadExactlyAsync(bytes.AsMemory(read), TestContext.Current.CancellationToken);
        Assert.Equal(whole, bytes);
    }

    [Fact]
    public async Task Late_Feed_WithholdsTheNewestTwoHours()
    {
        await using var simulator = await SimulatorHost.StartAsync(null, "--fault", "nhs-111=late");
        var rows = await simulator.RowsAsync("/feeds/nhs-111.csv");

        Assert.StartsWith("08/01/2026 12:15,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("15/01/2026 10:00,", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicated_Feed_HasEveryFifthRowTwice()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var before = await simulator.RowsAsync("/feeds/wards.csv");
        using var started = await simulator.BreakAsync("wards", "duplicated");
        var after = await simulator.RowsAsync("/feeds/wards.csv");

        Assert.Equal(before, after.Distinct());
        Assert.Equal(before.Where((_, index) => index % 5 == 0), after.GroupBy(row => row).Where(rows => rows.Count() == 2).Select(rows => rows.Key));
    }

    [Fact]
    public async Task OutOfOrder_Feed_HasTheSameRowsInAnotherOrder()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var before = await simulator.RowsAsync("/feeds/wards.csv");
        using var started = await simulator.BreakAsync("wards", "out-of-order");
        var after = await simulator.RowsAsync("/feeds/wards.csv");

        Assert.NotEqual(before, after);
        Assert.NotEqual(before, after.Reverse());
        Assert.Equal(before.Order(), after.Order());
    }

    [Fact]
    public async Task Revised_Feed_StatesTheLast24HoursATenthHigherAndWhatIsOlderAsBefore()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        const string Address = "/feeds/ed-st-aldhelm.csv?since=2026-01-13T12:00:00Z";
        var before = await simulator.RowsAsync(Address);
        using var started = await simulator.BreakAsync("ed-st-aldhelm", "revised");
        var after = await simulator.RowsAsync(Address);

        Assert.Equal(before.Take(96), after.Take(96));
        Assert.Equal(before.Skip(96).Select(row => Times(row, 1.1, _ => true)), after.Skip(96));
    }

    [Fact]
    public async Task WrongUnit_FeedWithADuration_StatesItSixtyTimesTooLargeAndNothingElse()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var before = await simulator.RowsAsync("/feeds/ed-st-aldhelm.csv");
        using var started = await simulator.BreakAsync("ed-st-aldhelm", "wrong-unit");

        Assert.Equal(before.Select(row => Times(row, 60, column => column == 5)), await simulator.RowsAsync("/feeds/ed-st-aldhelm.csv"));
    }

    [Fact]
    public async Task WrongUnit_FeedWithoutADuration_StatesEverythingAHundredTimesTooLarge()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var before = await simulator.RowsAsync("/feeds/discharge.csv");
        using var started = await simulator.BreakAsync("discharge", "wrong-unit");
        var after = await simulator.RowsAsync("/feeds/discharge.csv");

        Assert.Equal(
            before.Select(row => string.Join(',', row.Split(',').Select((cell, column) => column < 2 || cell is "" or "0" ? cell : cell + "00"))),
            after);
    }

    [Theory]
    [InlineData("warts", "down", 60, "There is no feed 'warts'")]
    [InlineData("wards", "tired", 60, "There is no fault 'tired'")]
    [InlineData("wards", "down", 0, "'forSeconds' has to be 1 to 86400")]
    [InlineData("bulk-501", "down", 60, "There is no feed 'bulk-501'")]
    [InlineData("fhir", "late", 60, "is about the rows of a feed")]
    public async Task Fault_ThatCannotBe_IsRefusedWithTheReason(string feed, string kind, int forSeconds, string reason)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var response = await simulator.BreakAsync(feed, kind, forSeconds);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, JsonElement.Parse(await response.TextAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await simulator.JsonAsync("/faults")).GetArrayLength());
    }

    private static async Task<HttpStatusCode> StatusAsync(SimulatorHost simulator, string address)
    {
        using var response = await simulator.GetAsync(address);
        return response.StatusCode;
    }

    /// <summary>A row with some of its numbers, from the second column on, multiplied and rounded up.</summary>
    private static string Times(string row, double factor, Func<int, bool> column) =>
        string.Join(',', row.Split(',').Select((cell, index) =>
            index > 0 && column(index) && int.TryParse(cell, out var number) ? Math.Ceiling(Math.Round(number * factor, 6)).ToString("0") : cell));
}
