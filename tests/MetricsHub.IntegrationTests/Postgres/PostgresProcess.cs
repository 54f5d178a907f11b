using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>A real PostgreSQL of Debian's package, on a free loopback port, with its files in a temporary folder.</summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private const string Password = "of the tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly StringBuilder output = new();
    private readonly int port = FreePort();
    private readonly string programs = FindPrograms();
    private Process? process;

    private PostgresProcess()
    {
    }

    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres;Password={Password}");

    private string Data => Path.Combine(folder.Path, "data");

    public static async Task<PostgresProcess> StartNewAsync()
    {
        var postgres = new PostgresProcess();
        await postgres.InitializeAsync();
        await postgres.StartAsync();
        return postgres;
    }

    /// <summary>Starts it, or starts it again with what it had.</summary>
    public async Task StartAsync()
    {
        process = Launch(
            "postgres", "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200");
        await WaitUntilItAnswersAsync();
    }

    /// <summary>Ends it as a crash would: nothing is put in order.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-QUIT", process!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }

        folder.Dispose();
    }

    private async Task InitializeAsync()
    {
        var password = Path.Combine(folder.Path, "password");
        await File.WriteAllTextAsync(password, Password);
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; the package made a user for it.
            using var own = Process.Start("chown", ["-R", "postgres", folder.Path]);
            await own.WaitForExitAsync();
        }

        using var initialize = Launch("initdb", "-D", Data, "-U", "postgres", "-A", "scram-sha-256", $"--pwfile={password}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await initialize.WaitForExitAsync().WaitAsync(Patience);
        if (initialize.ExitCode != 0)
        {
            throw new InvalidOperationException($"initdb failed. It said:{Environment.NewLine}{Said()}");
        }
    }

    private Process Launch(string program, params string[] arguments)
    {
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        string[] command = [.. asUser, Path.Combine(programs, program), .. arguments];
        var started = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path },
        };
        started.OutputDataReceived += (_, line) => Read(line.Data);
        started.ErrorDataReceived += (_, line) => Read(line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private async Task WaitUntilItAnswersAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;GSS Encryption Mode=Disable");
                await connection.OpenAsync(patience.Token);
                return;
            }
            catch (NpgsqlException) when (!process!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
            catch (NpgsqlException exception)
            {
                throw new InvalidOperationException($"postgres ended before it answered. It said:{Environment.NewLine}{Said()}", exception);
            }
        }
    }

    private static string FindPrograms() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .OrderDescending()
            .Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        ?? throw new InvalidOperationException(
            "PostgreSQL is missing: install Debian's package 'postgresql' (./test.sh --install does), or name another server by METRICSHUB_TEST_POSTGRES.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Said()
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    private void Read(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
