using MetricsHub.Catalogue;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>Folders and files in them that cannot be read: the run says so, what was stored stays, and the file is collected once it can be.</summary>
public sealed class FolderFaultTests(AcceptanceHub hub) : IClassFixture<AcceptanceHub>
{
    public static TheoryData<string> Sources => AcceptedSources.Keys;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Folder_WithEveryFault_LosesNothingAndTakesNothingHalf(string key)
    {
        var source = hub.Find(key);
        if (Skips.OfFolderFaults(source) is not null)
        {
            return;
        }

        var sample = await SourceSample.OfAsync(source);
        hub.Publisher.Offer(source.Key, sample.FileName, sample.Bytes);
        var inbox = Path.Combine(hub.Hub.DataFolder, "inbox", key);
        var file = Path.Combine(inbox, sample.FileName);
        Assert.Equal(Delivery.IsWeb(source) ? 1 : 0, (await hub.CollectAsync(source.Key)).Stored);
        var version = hub.Hub.Store.Version;

        // Somebody is still writing: under a name that says so, or with the file held.
        hub.Hub.Drop(source.Key, sample.FileName + ".part", sample.Bytes[..(sample.Bytes.Length / 2)]);
        var unfinished = await hub.CollectAsync(source.Key);
        File.Delete(file + ".part");
        hub.Hub.Drop(source.Key, sample.FileName, FileFaults.Touch(sample, 1));
        RunResult held;
        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            held = await hub.CollectAsync(source.Key);
        }

        var free = await hub.CollectAsync(source.Key);
        File.Delete(file);
        var vanished = await hub.CollectAsync(source.Key);
        Directory.Delete(inbox, recursive: true);
        var lost = await hub.CollectAsync(source.Key);
        hub.Hub.Drop(source.Key, sample.FileName, FileFaults.Touch(sample, 2));
        var back = await hub.CollectAsync(source.Key);

        Assert.Equal((RunOutcome.Succeeded, 0), (unfinished.Outcome, unfinished.Stored));
        AssertFailed(held, source);
        Assert.Equal((RunOutcome.Succeeded, 1), (free.Outcome, free.Stored));
        Assert.Equal((RunOutcome.Succeeded, 0), (vanished.Outcome, vanished.Stored));
        AssertFailed(lost, source);
        Assert.Equal((RunOutcome.Succeeded, 1), (back.Outcome, back.Stored));
        Assert.True(hub.Hub.Store.Version > version || AcceptedSources.StatesFacts(source));
        Assert.True(AcceptedSources.StatesFacts(source) || (await hub.CurrentAsync(source)).Values.Any(figure => !figure.IsAbsent));
    }

    private static void AssertFailed(RunResult run, SourceDefinition source) =>
        Assert.True(run.Outcome != RunOutcome.Succeeded && run.Stored == 0 && run.Message?.Contains(source.Key.ToString(), StringComparison.Ordinal) == true, $"{run}");
}
