using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MetricsHub.IntegrationTests.Oidc;

/// <summary>A real OpenID provider (npm's <c>oidc-provider</c>) on a free loopback port; <c>provider.mjs</c> says what else it does for tests.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private const string Says = "provider answers at ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient http = new();

    private OidcProvider(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("The provider ended before it answered."));
    }

    /// <summary>Its address, which is its <c>iss</c> too.</summary>
    public string Issuer { get; private set; } = "";

    public static async Task<OidcProvider> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException($"The OpenID provider is missing: './test.sh --install' installs it, or 'npm ci --ignore-scripts' in {folder}.");
        }

        var provider = new OidcProvider(new Process
        {
            StartInfo = new ProcessStartInfo("node", "provider.mjs")
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        });
        try
        {
            provider.process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("Node.js is missing: './test.sh --install' installs it, as does Debian's package 'nodejs' of version 18 or later.", exception);
        }

        provider.process.BeginOutputReadLine();
        provider.process.BeginErrorReadLine();
        try
        {
            provider.Issuer = await provider.address.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{exception.Message} It said:{Environment.NewLine}{provider.Said()}", exception);
        }

        return provider;
    }

    /// <summary>A token as the provider gives it to a client of its own.</summary>
    public async Task<string> TokenAsync(string client, string audience, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = "of the tests",
            ["resource"] = $"https://hub.example.org/{audience}",
        });
        using var answer = await http.PostAsync(new Uri($"{Issuer}/token"), form, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("access_token").GetString()!;
    }

    /// <summary>A token that is right but for what is asked for.</summary>
    /// <param name="wanted">JSON: members of <c>header</c> and <c>claims</c>, and <c>by</c> whom it is signed.</param>
    public async Task<string> SignAsync(string wanted, CancellationToken cancellationToken)
    {
        using var body = new StringContent(wanted);
        using var answer = await http.PostAsync(new Uri($"{Issuer}/test/sign"), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>From now on it has other keys, and shows the ones before no more.</summary>
    public async Task RotateAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"{Issuer}/test/rotate"), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
        http.Dispose();
    }

    /// <summary>Where the provider lies in the clone: its packages are not copied to where the tests run.</summary>
    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MetricsHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("MetricsHub.sln stands in no folder above the tests.");
        }

        return Path.Combine(folder.FullName, "tests", "MetricsHub.IntegrationTests", "Oidc");
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

        if (line?.StartsWith(Says, StringComparison.Ordinal) == true)
        {
            address.TrySetResult(line[Says.Length..]);
        }
    }
}
