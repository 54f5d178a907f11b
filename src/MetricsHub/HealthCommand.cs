using System.Net;

namespace MetricsHub;

/// <summary>
/// <c>MetricsHub --healthcheck [address]</c>: asks the hub of this machine, once, whether it is ready, and tells by its exit code. For whoever
/// watches containers, in which there is nothing else that could ask.
/// </summary>
internal static class HealthCommand
{
    public const string Name = "--healthcheck";

    private const string Path = "/health/ready";

    // Longer than the hub takes to say that a store does not answer; shorter than whoever watches waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <param name="arguments">What to ask; nothing for the hub that listens where this machine's configuration (<c>Urls</c>) says.</param>
    /// <returns>The exit code: 0 where the answer is a success, 1 where it is not, or there is none. One line says which.</returns>
    /// <exception cref="StartException">There is no address of this machine to ask.</exception>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken = default)
    {
        var address = arguments is [var given, ..] ? AddressOf(given, path: null) : AddressOf(Urls(), Path);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            await output.WriteLineAsync($"{address} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return 1;
        }
    }

    private static string Urls() =>
        new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json")
            .AddEnvironmentVariables()
            .Build()["Urls"] ?? "";

    /// <summary>The first of them that this machine answers without encryption: a certificate would be for another name than 127.0.0.1.</summary>
    /// <param name="path">Null for the one that is part of the address.</param>
    private static Uri AddressOf(string urls, string? path)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // As Kestrel reads them: + and * are every address of the machine.
            var here = url.Replace("//+", "//0.0.0.0", StringComparison.Ordinal).Replace("//*", "//0.0.0.0", StringComparison.Ordinal);
            if (Uri.TryCreate(here, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || IsEveryAddress(address.Host)))
            {
                return new Uri(new UriBuilder(address) { Host = IsEveryAddress(address.Host) ? "127.0.0.1" : address.Host }.Uri, path ?? address.PathAndQuery);
            }
        }

        throw new StartException($"There is no http address of this machine among '{urls}' (Urls) to ask for its health.");
    }

    private static bool IsEveryAddress(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
