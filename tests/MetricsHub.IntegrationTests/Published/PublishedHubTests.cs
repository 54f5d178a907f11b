using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using MetricsHub.Access;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests;
using Xunit;

namespace MetricsHub.IntegrationTests.Published;

/// <summary>What docker-compose.yml starts, started without containers, on a real InfluxDB and a real PostgreSQL.</summary>
public sealed class PublishedHubTests(PublishedImage image, PostgresFixture postgres) : IClassFixture<PublishedImage>
{
    private static readonly string[] Hubs = ["hub-api", "hub-worker"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hub_RunAsTheImageWouldRun_CollectsAndAnswersGrafanaAlone()
    {
        var before = image.Contents().ToList();
        await using var influx = await InfluxProcess.StartAsync("", CreateDatabaseAsync, Cancellation);
        using var secrets = await MakeSecretsAsync(await postgres.NewSchemaAsync());
        var temporary = await image.NewVolumeAsync();
        var key = await File.ReadAllTextAsync(Path.Combine(secrets.Path, "grafana_key"), Cancellation);
        var schema = (await File.ReadAllTextAsync(Path.Combine(secrets.Path, "schema"), Cancellation)).Trim();

        // Before there is a hub, as compose does; and again beside it, as the next start does.
        await EnterGrafanasKeyAsync();
        var hubs = new Dictionary<string, (HubProcess Process, string Data)>();
        try
        {
            foreach (var service in Hubs)
            {
                var data = await image.NewVolumeAsync();
                hubs[service] = (HubProcess.Launch(image.StartOf(image.Compose.Services[service].Command, EnvironmentOf(service, data), temporary)), data);
            }

            foreach (var (service, (process, data)) in hubs)
            {
                await process.WaitUntilItAnswersAsync(Cancellation);
                var asked = EnvironmentOf(service, data).Append(KeyValuePair.Create("Urls", $"http://0.0.0.0:{process.Http.BaseAddress!.Port}"));
                var (code, said) = await PublishedImage.AskForHealthAsync(() => image.StartOf([.. image.Compose.Services[service].HealthTest.Skip(1)], asked, temporary));
                Assert.True(code == 0, said);
            }

            var api = hubs["hub-api"].Process;
            api.Http.BaseAddress = new UriBuilder(api.Http.BaseAddress!) { Host = AnotherMachinesWay() }.Uri;
            api.Http.DefaultRequestHeaders.Add("X-Api-Key", key);
            await CollectedHub.WaitUntilCollectedAsync(api, Cancellation);
            await EnterGrafanasKeyAsync();
            await AssertLetsInGrafanaOnlyAsync(api, key);
            Assert.All(hubs.Values, hub => AssertWritesNowhereBut(hub.Process.Id, hub.Data, temporary));
            Assert.Equal(before, image.Contents());
            Assert.All(hubs.Values, hub => Assert.DoesNotContain(key, hub.Process.Output, StringComparison.Ordinal));
        }
        finally
        {
            foreach (var hub in hubs.Values)
            {
                await hub.Process.DisposeAsync();
            }
        }

        // Where no container is, what it would be told by its names it is told by addresses; InfluxDB 1 has databases where 2 has buckets.
        IEnumerable<KeyValuePair<string, string>> EnvironmentOf(string service, string data) =>
            image.Compose.Services[service].Environment.Select(entry => entry switch
            {
                { Key: "Influx__Bucket" } => KeyValuePair.Create("Influx__Database", entry.Value),
                { Key: "Influx__Address" } => KeyValuePair.Create(entry.Key, influx.Address.ToString()),
                { Key: "Urls" } => KeyValuePair.Create(entry.Key, $"http://{new Uri(entry.Value).Host}:0"),
                { Key: "Simulator__Address" } => KeyValuePair.Create(entry.Key, ""),
                { Value: var path } when path == "/data" || path.StartsWith("/data/", StringComparison.Ordinal) => KeyValuePair.Create(entry.Key, data + path["/data".Length..]),
                _ => KeyValuePair.Create(entry.Key, entry.Value.Replace("/run/secrets", secrets.Path, StringComparison.Ordinal)),
            }).Append(KeyValuePair.Create("Postgres__Schema", schema));

        async Task EnterGrafanasKeyAsync()
        {
            var command = image.Compose.Services["hub-keys"].Command.Select(word => word.Replace("/run/secrets", secrets.Path, StringComparison.Ordinal));
            var (code, said) = await PublishedImage.RunToEndAsync(image.StartOf([.. command], EnvironmentOf("hub-keys", "/data"), temporary));
            Assert.True(code == 0, said);
            Assert.Contains("for Grafana is entered", said, StringComparison.Ordinal);
            Assert.DoesNotContain(key, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Simulator_RunAsTheImageWouldRun_AnswersOtherMachinesAndTellsItsHealth()
    {
        var (service, temporary) = (image.Compose.Services["simulator"], await image.NewVolumeAsync());
        var start = image.StartOf([.. service.Command.Select(word => word.StartsWith("${SIMULATOR_LISTEN", StringComparison.Ordinal) ? "http://0.0.0.0:0" : word)], [], temporary);
        start.RedirectStandardOutput = true;
        using var simulator = Process.Start(start)!;
        try
        {
            var port = (await simulator.StandardOutput.ReadLineAsync(Cancellation))!.Split(':')[^1];
            using var http = new HttpClient();
            Assert.NotEmpty(await http.GetStringAsync($"http://{AnotherMachinesWay()}:{port}/health", Cancellation));

            var asked = service.HealthTest.Skip(1).SkipLast(1).Append(new UriBuilder(service.HealthTest[^1]) { Port = int.Parse(port, CultureInfo.InvariantCulture) }.Uri.ToString());
            var (code, said) = await PublishedImage.AskForHealthAsync(() => image.StartOf([.. asked], [], temporary));
            Assert.True(code == 0, said);
        }
        finally
        {
            simulator.Kill();
            await simulator.WaitForExitAsync(Cancellation);
        }
    }

    /// <summary>The server that tests run on is of the version that is pinned.</summary>
    [Fact]
    public async Task Postgres_OfTheTests_IsOfTheVersionThatComposeStarts()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create((await postgres.NewSchemaAsync()).ConnectionString);
        await using var connection = await source.OpenConnectionAsync(Cancellation);

        Assert.StartsWith($"postgres:{connection.PostgreSqlVersion.Major}.", image.Compose.Services["postgres"].Image, StringComparison.Ordinal);
    }

    private static async Task AssertLetsInGrafanaOnlyAsync(HubProcess hub, string key)
    {
        using var http = new HttpClient { BaseAddress = hub.Http.BaseAddress };
        const string Figures = "/api/v1/observations/latest?organisation=RTP";
        Assert.Equal(HttpStatusCode.OK, await AskAsync(HttpMethod.Get, Figures, key));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, Figures, shown: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, Figures, KeyText.New().Reveal()));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Post, "/api/v1/observations?source=sim-push", key));

        async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, string? shown)
        {
            using var request = new HttpRequestMessage(method, path);
            if (shown is not null)
            {
                request.Headers.Add("X-Api-Key", shown);
            }

            using var answer = await http.SendAsync(request, Cancellation);
            return answer.StatusCode;
        }
    }

    /// <summary>An address of this machine that is not loopback, so that who asks looks like another one; loopback where there is no other.</summary>
    private static string AnotherMachinesWay() =>
        NetworkInterface.GetAllNetworkInterfaces().Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address), IPAddress.Loopback)
            .ToString();

    private static void AssertWritesNowhereBut(int process, params string[] folders)
    {
        var descriptors = Directory.GetFiles($"/proc/{process}/fd");
        var written = descriptors
            .Where(descriptor => IsOpenForWriting(process, Path.GetFileName(descriptor)))
            .Select(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName ?? "")
            .Where(path => path.StartsWith('/') && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/memfd:", StringComparison.Ordinal) && !path.Contains(":[", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(descriptors);
        Assert.All(written, path => Assert.Contains(folders, folder => path.StartsWith(folder + "/", StringComparison.Ordinal)));
    }

    private static bool IsOpenForWriting(int process, string descriptor)
    {
        try
        {
            var flags = File.ReadLines($"/proc/{process}/fdinfo/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal)).Split('\t')[^1];
            return (Convert.ToInt32(flags, 8) & 3) != 0;
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return false;
        }
    }

    /// <summary>What docker/secrets.sh draws, each file readable by whomever it is mounted for, with the way to the real PostgreSQL.</summary>
    private static async Task<TemporaryFolder> MakeSecretsAsync(PostgresSettings settings)
    {
        using var clone = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(clone.Path, "docker"));
        var script = Path.Combine(clone.Path, "docker", "secrets.sh");
        File.Copy(Path.Combine(Repository.Root, "docker", "secrets.sh"), script);
        var (code, said) = await PublishedImage.RunToEndAsync(new ProcessStartInfo("bash", [script]));
        Assert.True(code == 0, said);
        var secrets = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(clone.Path, "secrets")))
        {
            File.Copy(file, Path.Combine(secrets.Path, Path.GetFileName(file)));
        }

        File.Delete(Path.Combine(secrets.Path, "postgres_connection"));
        await File.WriteAllTextAsync(Path.Combine(secrets.Path, "postgres_connection"), settings.ConnectionString + "\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(secrets.Path, "schema"), settings.Schema, Cancellation);
        await PublishedImage.RunToEndAsync(new ProcessStartInfo("chmod", ["a+rx", secrets.Path]));
        return secrets;
    }

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), Cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
