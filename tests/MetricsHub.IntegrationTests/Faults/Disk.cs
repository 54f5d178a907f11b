using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>A disk with a hub on it, which can be filled and emptied.</summary>
internal abstract class Disk : IAsyncDisposable
{
    /// <summary>Where METRICSHUB_FULL_DISK says tmpfs: a small file system of its own, which takes root. Otherwise a limit, which takes nothing.</summary>
    public static Disk Create() => Environment.GetEnvironmentVariable("METRICSHUB_FULL_DISK") == "tmpfs" ? new SmallDisk() : new LimitedDisk();

    public abstract HubProcess Launch(params string[] arguments);

    /// <param name="kilobytesLeft">How much room is left, as far as the kind of disk can tell.</param>
    public abstract Task FillAsync(HubProcess hub, int kilobytesLeft, CancellationToken cancellationToken);

    public abstract Task EmptyAsync(HubProcess hub, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {said}");
    }

    protected static string Id(HubProcess hub) => hub.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The hub may write to no file from a moment on: the system refuses it as it refuses what a disk has no room for, only with another number.
    /// The limit is a soft one of the hub's own process, so that nobody needs to be root.
    /// </summary>
    private sealed class LimitedDisk : Disk
    {
        private readonly TemporaryFolder folder = new();

        // The signal that comes with the refusal would end whoever does not ignore it.
        public override HubProcess Launch(params string[] arguments) =>
            HubProcess.LaunchUnder(["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"], folder.Path, arguments);

        public override Task FillAsync(HubProcess hub, int kilobytesLeft, CancellationToken cancellationToken) =>
            RunAsync("prlimit", ["--pid", Id(hub), "--fsize=0:unlimited"], cancellationToken);

        public override Task EmptyAsync(HubProcess hub, CancellationToken cancellationToken) =>
            RunAsync("prlimit", ["--pid", Id(hub), "--fsize=unlimited:unlimited"], cancellationToken);

        public override ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A file system of 64 MB in memory that this machine's other processes do not see, and a file beside the hub's that fills it.</summary>
    private sealed class SmallDisk : Disk
    {
        private const long Kilobyte = 1024;
        private readonly TemporaryFolder folder = new();
        private readonly Process holder;

        // It holds the file system while hubs come and go, and says when it is there. It ends when its standard input does: with this process.
        public SmallDisk()
        {
            holder = Process.Start(new ProcessStartInfo("unshare", ["--mount", "sh", "-c", $"mount -t tmpfs -o size=64m tmpfs {folder.Path} && echo mounted && cat"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            if (holder.StandardOutput.ReadLine() != "mounted")
            {
                throw new InvalidOperationException("A file system cannot be mounted: METRICSHUB_FULL_DISK=tmpfs takes root (CAP_SYS_ADMIN). Without it the test needs none.");
            }
        }

        private string SeenFromHere => string.Create(CultureInfo.InvariantCulture, $"/proc/{holder.Id}/root{folder.Path}");

        private string Filler => Path.Combine(SeenFromHere, "filler");

        public override HubProcess Launch(params string[] arguments) =>
            HubProcess.LaunchUnder(["nsenter", "--mount", "--target", holder.Id.ToString(CultureInfo.InvariantCulture)], folder.Path, arguments);

        public override async Task FillAsync(HubProcess hub, int kilobytesLeft, CancellationToken cancellationToken)
        {
            await using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4 * Kilobyte];
            while (new DriveInfo(SeenFromHere).AvailableFreeSpace > kilobytesLeft * Kilobyte)
            {
                await filler.WriteAsync(block, cancellationToken);
            }
        }

        public override Task EmptyAsync(HubProcess hub, CancellationToken cancellationToken)
        {
            File.Delete(Filler);
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            holder.StandardInput.Close();
            await holder.WaitForExitAsync();
            holder.Dispose();
            folder.Dispose();
        }
    }
}
