using MetricsHub.Catalogue;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>
/// Files that are not what they should be, delivered on each source's own way: none of them is half-taken for a whole one, what was stored
/// stays, and the clean file that comes after is collected.
/// </summary>
public sealed class FileFaultTests(AcceptanceHub hub) : IClassFixture<AcceptanceHub>
{
    private static readonly string Neighbour = "nhs-england-virtual-ward";

    public static TheoryData<string> Sources => AcceptedSources.Keys;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task File_WithEveryFault_IsNeverTakenForAWholeOne(string key)
    {
        var source = hub.Find(key);
        if (Skips.OfFiles(source) is not null)
        {
            return;
        }

        var sample = await SourceSample.OfAsync(source);
        var delivery = Delivery.For(hub, source);
        Assert.True((await delivery.DeliverAsync(sample.FileName, sample.Bytes)).Succeeded);
        var clean = await hub.CurrentAsync(source);
        var figures = (await hub.NewestAsync(source.Key)).Tally.Observations;
        var touched = 0;
        var faults = FileFaults.Of(sample).ToList();
        await HoldAsync(source, delivery, sample, faults[0], clean, figures);
        if (!source.TakesPushes)
        {
            Assert.Equal("failing", await hub.WordAsync(source.Key));
        }

        foreach (var fault in faults.Skip(1))
        {
            if (!await HoldAsync(source, delivery, sample, fault, clean, figures))
            {
                continue;
            }

            // What was taken in and rejected stands until something better comes.
            var again = await delivery.DeliverAsync(sample.FileName, FileFaults.Touch(sample, ++touched));
            Assert.True(again is { Succeeded: true, Stored: 1 }, $"{fault}: the clean file after it: {again}");
            Assert.Equal(clean, await hub.CurrentAsync(source));
        }

        var afterwards = await delivery.DeliverAsync(sample.FileName, FileFaults.Touch(sample, ++touched));
        Assert.True(afterwards is { Succeeded: true, Stored: 1 }, $"afterwards: {afterwards}");
        Assert.Equal(clean, await hub.CurrentAsync(source));
    }

    [Fact]
    public async Task File_WithAFault_LeavesOtherSourcesAlone()
    {
        var (source, neighbour) = (hub.Find("sim-utc-waits"), hub.Find(Neighbour));
        var sample = await SourceSample.OfAsync(neighbour);
        await Delivery.For(hub, source).DeliverAsync("waits.csv", "<html>"u8.ToArray());

        Assert.True((await Delivery.For(hub, neighbour).DeliverAsync(sample.FileName, FileFaults.Touch(sample, 100))).Succeeded);

        Assert.Equal("failing", await hub.WordAsync(source.Key));
        Assert.NotEqual("failing", await hub.WordAsync(neighbour.Key));
    }

    /// <returns>Whether anything of the file was stored.</returns>
    private async Task<bool> HoldAsync(
        SourceDefinition source, Delivery delivery, SourceSample sample, FileFault fault, IReadOnlyDictionary<(SeriesKey, Period), Figure> clean, int figures)
    {
        var version = hub.Hub.Store.Version;

        var receipt = await delivery.DeliverAsync(sample.FileName, fault.Bytes);

        if (!receipt.Succeeded)
        {
            Assert.True(fault.Expect != Expect.Same, $"{fault}: refused: {receipt.Message}");
            Assert.True(receipt is { Stored: 0, Message.Length: > 0 }, $"{fault}: {receipt}");
            Assert.Equal(version, hub.Hub.Store.Version);
            return false;
        }

        var current = await hub.CurrentAsync(source);

        Assert.True(fault.Expect != Expect.Refused, $"{fault}: taken in");
        if (fault.Expect == Expect.Same)
        {
            Assert.Equal(clean, current);
            return true;
        }

        Assert.All(current, figure => Assert.True(
            figure.Value.IsAbsent || (clean.TryGetValue(figure.Key, out var stated) && stated == figure.Value), $"{fault}: {figure.Key} reads {figure.Value}"));
        var publication = await hub.NewestAsync(source.Key);
        var rejections = await hub.Hub.Ledger.ListRejectionsAsync(source.Key, publication.Id, null, 1000, AcceptanceHub.Cancellation);
        Assert.True(
            rejections.Count > 0 || publication.Reconciliation.Differences.Count > 0 || publication.Tally.Observations == figures,
            $"{fault}: {publication.Tally.Observations} of {figures} figures were taken in, and nothing was rejected");
        Assert.All(rejections, rejection => Assert.True(rejection.Rejection is { Row: >= 1, Reason.Length: > 0 }, $"{fault}: {rejection}"));
        return true;
    }
}
