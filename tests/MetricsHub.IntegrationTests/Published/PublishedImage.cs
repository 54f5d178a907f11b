using System.Diagnostics;
using System.Text.Json;
using MetricsHub.Tests;
using MetricsHub.Tests.Compose;
using Xunit;

namespace MetricsHub.IntegrationTests.Published;

/// <summary>
/// What the image holds, without an image: the output of the Dockerfile's own publish command, in a folder that nobody may write to, run by
/// the Dockerfile's entry point as docker-compose.yml would: with its environment and nothing else of this machine's, as the image's user where the
/// tests may change users, without privileges, with a data folder and a temporary one of its own.
/// </summary>
public sealed class PublishedImage : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();

    /// <summary>The image's <c>/app</c>.</summary>
    public string Programs => Path.Combine(folder.Path, "app");

    internal ComposeFile Compose { get; } = ComposeFile.Read();

    private static string[] Dockerfile { get; } = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));

    public async ValueTask InitializeAsync()
    {
        var publish = Line("RUN dotnet publish ").Replace("/app", Programs, StringComparison.Ordinal);
        await RunAsync("sh", "-c", $"{publish} -nodeReuse:false -p:UseSharedCompilation=false");
        await RunAsync("sh", "-c", Line("RUN rm ").Split("&&")[0].Replace("/app", Programs, StringComparison.Ordinal));
        await RunAsync("chmod", "-R", "a-w,a+rX", Programs);

        // On the way to the programs and to what they write.
        await RunAsync("chmod", "a+rx", folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("chmod", "-R", "u+w", folder.Path);
        folder.Dispose();
    }

    /// <summary>A folder that belongs to the image's user, as a volume does.</summary>
    internal async Task<string> NewVolumeAsync()
    {
        var volume = Directory.CreateDirectory(Path.Combine(folder.Path, Path.GetRandomFileName())).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", Line("USER "), volume);
        }

        return volume;
    }

    /// <summary>What to start for a service, with an environment that stands for its container's.</summary>
    /// <param name="command">Of the container; the image's entry point stands before it unless it names a program itself.</param>
    /// <param name="temporary">What stands for <c>/tmp</c>.</param>
    internal ProcessStartInfo StartOf(IReadOnlyList<string> command, IEnumerable<KeyValuePair<string, string>> environment, string temporary)
    {
        string[] program = command is ["dotnet", ..] ? [.. command] : [.. JsonSerializer.Deserialize<string[]>(Line("ENTRYPOINT "))!, .. command];
        var user = Line("USER ").Split(':');
        string[] line = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={user[0]}", $"--regid={user[1]}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", .. program]
            : [.. program];
        var start = new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = Programs };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["TMPDIR"] = temporary;
        start.Environment["DOTNET_RUNNING_IN_CONTAINER"] = "true";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs it to its end.</summary>
    internal static async Task<(int Code, string Said)> RunToEndAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Asks for health until somebody answers in time, as whoever watches containers does: a busy machine is no sick hub.</summary>
    internal static async Task<(int Code, string Said)> AskForHealthAsync(Func<ProcessStartInfo> start)
    {
        for (var asked = Stopwatch.GetTimestamp(); ;)
        {
            var (code, said) = await RunToEndAsync(start());
            if (!said.Contains(" does not answer: ", StringComparison.Ordinal) || Stopwatch.GetElapsedTime(asked) > Patience)
            {
                return (code, said);
            }
        }
    }

    /// <summary>Every file of the programs with its size and when it was last written.</summary>
    internal IEnumerable<(string File, long Length, DateTime Written)> Contents() =>
        new DirectoryInfo(Programs).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).Order();

    private static string Line(string instruction) =>
        Array.FindLast(Dockerfile, line => line.StartsWith(instruction, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]
            : throw new InvalidOperationException($"The Dockerfile has no line that begins with '{instruction}'.");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (code, said) = await RunToEndAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root });
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {said}");
        }
    }
}
