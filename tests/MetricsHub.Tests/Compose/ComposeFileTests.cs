using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace MetricsHub.Tests.Compose;

/// <summary>What docker-compose.yml names is there, and what is there is named: no container engine is needed to see that.</summary>
public sealed partial class ComposeFileTests
{
    private readonly ComposeFile compose = ComposeFile.Read();

    [Theory]
    [InlineData("config --quiet")]
    [InlineData("--env-file docker/simulator.env --profile simulator config --quiet")]
    public async Task File_ReadByCompose_IsAccepted(string arguments)
    {
        var (code, said) = await RunComposeAsync(arguments.Split(' '));

        Assert.True(code == 0, said);
        Assert.Empty(said.Trim());
    }

    [Theory]
    [InlineData("networks")]
    [InlineData("volumes")]
    [InlineData("secrets")]
    public void Top_OfEachKind_DefinesWhatServicesUseAndNothingElse(string kind)
    {
        var used = compose.Services.Values.SelectMany(service => kind == "volumes"
            ? service.Volumes.Select(volume => volume.Source).Where(source => !source.StartsWith('.'))
            : service.Names(kind));

        Assert.Equal(compose.Defined(kind).Keys.Order(), used.Distinct().Order());
    }

    [Fact]
    public void Folders_OfTheHost_AreThereAndAreReadOnly()
    {
        var mounts = compose.Services.Values.SelectMany(service => service.Volumes).Where(volume => volume.Source.StartsWith('.')).Distinct().ToList();

        // The one folder that is not in the repository is the installation's own, which docker/secrets.sh makes.
        Assert.Equal(["./data/catalogue", "./grafana/dashboards", "./grafana/provisioning"], mounts.Select(mount => mount.Source).Order());
        Assert.All(mounts, mount => Assert.Equal("ro", mount.Mode));
        Assert.All(
            mounts.Where(mount => mount.Source.StartsWith("./grafana", StringComparison.Ordinal)),
            mount => Assert.True(Directory.Exists(Path.Combine(Repository.Root, mount.Source)), $"{mount.Source} is missing."));
    }

    [Fact]
    public void Files_ThatGrafanaIsTold_AreWhereItsFoldersAreMounted()
    {
        var grafana = compose.Services["grafana"];
        var home = grafana.Environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"];
        var mount = grafana.Volumes.Single(volume => home.StartsWith(volume.Target + "/", StringComparison.Ordinal));

        Assert.True(File.Exists(Path.Combine(Repository.Root, mount.Source, home[(mount.Target.Length + 1)..])), $"{home} is missing.");
    }

    [Fact]
    public void Images_OfOthers_ArePinned() =>
        Assert.All(compose.Services.Values.Except(compose.Own), service => Assert.Matches(@"^[a-z/]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$", service.Image));

    [Fact]
    public void Image_OfTheHub_HasItsVersion()
    {
        var version = ProjectVersion().Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"))).Groups[1].Value;

        Assert.All(compose.Own, service => Assert.Equal($"metricshub:{version}", service.Image));
    }

    [Fact]
    public void Ports_Published_AreThisMachinesOnly()
    {
        var ports = compose.Services.Values.SelectMany(service => service.Ports.Select(port => (service.Name, port.Address, port.Container)));

        Assert.Equal([("grafana", "127.0.0.1", 3000), ("hub-api", "127.0.0.1", 8080)], ports.Order());
    }

    [Fact]
    public void Profiles_OfServices_AreTheSimulatorOnly()
    {
        Assert.Equal([("simulator", "simulator")], compose.Services.Values.SelectMany(service => service.Names("profiles").Select(profile => (service.Name, profile))));
        Assert.All(compose.Services.Values.Where(service => service.Name != "simulator"), service => Assert.DoesNotContain("simulator", service.DependsOn.Keys));
    }

    [Fact]
    public void Variables_FilledIn_AreThoseOfTheSimulatorsFile()
    {
        var given = File.ReadAllLines(Path.Combine(Repository.Root, "docker", "simulator.env")).Where(line => !line.StartsWith('#')).Select(line => line.Split('=')[0]);

        Assert.Equal(compose.Variables.Order(), given.Order());
    }

    [Fact]
    public void Dependencies_OfServices_CanBeFulfilled() =>
        Assert.All(compose.Services.Values.SelectMany(service => service.DependsOn), dependency =>
        {
            var other = compose.Services[dependency.Key];
            Assert.True(
                dependency.Value switch
                {
                    "service_healthy" => other.HealthTest.Count > 0,
                    "service_completed_successfully" => other.Value("restart") == "no",
                    _ => false,
                },
                $"{other}: {dependency.Value}");
        });

    [Fact]
    public void Services_ThatGoOn_HaveAHealthCheckAndComeBack() =>
        Assert.All(compose.Services.Values.Where(service => service.Name != "hub-keys"), service =>
        {
            Assert.Equal("CMD", service.HealthTest[0]);
            Assert.Equal("unless-stopped", service.Value("restart"));
        });

    [Fact]
    public void Services_OfOurOwn_MayDoNothingThatTheyNeedNot() =>
        Assert.All(compose.Own, service =>
        {
            Assert.Equal("true", service.Value("read_only"));
            Assert.Equal(["ALL"], service.Names("cap_drop"));
            Assert.Equal(["/tmp"], service.Names("tmpfs"));
            Assert.False(service.Has("privileged") || service.Has("cap_add") || service.Has("user"));
        });

    [Fact]
    public void Services_All_GainNoPrivileges() =>
        Assert.All(compose.Services.Values, service => Assert.Equal(["no-new-privileges:true"], service.Names("security_opt")));

    [Fact]
    public void Stores_AreReachedByTheHubOnly()
    {
        var inside = compose.Services.Values.Where(service => service.Names("networks").Contains("stores")).Select(service => service.Name);

        Assert.Equal(["hub-api", "hub-keys", "hub-worker", "influxdb", "postgres"], inside.Order());
        Assert.Equal("true", ((Dictionary<object, object?>)compose.Defined("networks")["stores"]!)["internal"]);
        Assert.Equal(["stores"], compose.Services["influxdb"].Names("networks"));
        Assert.Equal(["stores"], compose.Services["postgres"].Names("networks"));
    }

    [Fact]
    public void Hub_ByTheNameThatGrafanaCalls_IsTheApi()
    {
        var source = File.ReadAllText(Directory.GetFiles(Path.Combine(Repository.Root, "grafana", "provisioning", "datasources"), "*.yaml").Single());
        var address = new Uri(DataSourceAddress().Match(source).Groups[1].Value);
        var shared = compose.Services["grafana"].Names("networks").Intersect(compose.Services["hub-api"].Names("networks"));

        Assert.Contains(address.Host, shared.SelectMany(compose.Services["hub-api"].AliasesIn));
        Assert.Equal(new Uri(compose.Services["hub-api"].Environment["Urls"]).Port, address.Port);
        Assert.Equal(compose.Services["hub-api"].Ports.Single().Container, address.Port);
    }

    [Fact]
    public void Simulator_ByTheNameThatTheWorkerCalls_IsInANetworkOfTheirs()
    {
        var given = File.ReadAllLines(Path.Combine(Repository.Root, "docker", "simulator.env")).Where(line => !line.StartsWith('#')).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => new Uri(pair[1]));
        var asked = compose.Services["simulator"].HealthTest[^1];

        Assert.Equal("simulator", given["SIMULATOR_ADDRESS"].Host);
        Assert.Equal(given["SIMULATOR_LISTEN"].Port, given["SIMULATOR_ADDRESS"].Port);
        Assert.Equal(given["SIMULATOR_LISTEN"].Port, new Uri(asked).Port);
        Assert.Contains("simulation", compose.Services["hub-worker"].Names("networks"));
        Assert.Equal(["simulation"], compose.Services["simulator"].Names("networks"));
    }

    private static async Task<(int Code, string Said)> RunComposeAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("docker-compose", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("docker-compose is missing: install Debian's package 'docker-compose' (./test.sh --install does).", exception);
        }
    }

    [GeneratedRegex("<Version>(.+)</Version>")]
    private static partial Regex ProjectVersion();

    [GeneratedRegex(@"^\s+url: (\S+)", RegexOptions.Multiline)]
    private static partial Regex DataSourceAddress();
}
