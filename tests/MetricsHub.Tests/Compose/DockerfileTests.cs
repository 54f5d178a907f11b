using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileSystemGlobbing;
using Xunit;

namespace MetricsHub.Tests.Compose;

/// <summary>What the Dockerfile says beside what the repository holds and docker-compose.yml expects.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));

    [Fact]
    public void Bases_AreOfTheSdksVersion()
    {
        var sdk = Version.Parse(JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "global.json"))).RootElement.GetProperty("sdk").GetProperty("version").GetString()!);
        var bases = Instructions("FROM").Select(line => line.Split(' ')[0]).ToList();

        Assert.Equal(
            [$"mcr.microsoft.com/dotnet/sdk:{sdk.Major}.{sdk.Minor}-noble", $"mcr.microsoft.com/dotnet/aspnet:{sdk.Major}.{sdk.Minor}-noble-chiseled-extra"], bases);
    }

    [Fact]
    public void Sources_OfCopies_AreThereAndGetToTheBuild()
    {
        var sources = Instructions("COPY").Where(line => !line.StartsWith("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[..^1]).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, source =>
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), $"{source} is missing.");
            Assert.False(IsIgnored(source), $"{source} is kept from the build by .dockerignore.");
        });
    }

    [Theory]
    [InlineData("secrets/influx_token")]
    [InlineData("data/metricshub.duckdb")]
    [InlineData(".git/config")]
    [InlineData("src/MetricsHub/bin/Release/net10.0/MetricsHub.dll")]
    [InlineData("src/MetricsHub/obj/project.assets.json")]
    public void File_ThatIsNoSource_IsKeptFromTheBuild(string file) => Assert.True(IsIgnored(file));

    /// <summary>A new project that the hub refers to would be missing when packages are restored.</summary>
    [Fact]
    public void Projects_ThatTheHubRefersTo_AreRestored()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order();

        Assert.Equal(projects, Instructions("COPY").SelectMany(line => line.Split(' ')).Where(word => word.EndsWith(".csproj", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void User_OfTheImage_IsNotRootAndOwnsTheData()
    {
        var user = Instructions("USER").Last();

        Assert.Matches(@"^[1-9]\d*:[1-9]\d*$", user);
        Assert.Contains($"--from=build --chown={user} /data /data", Instructions("COPY"));
        Assert.True(Array.FindLastIndex(Lines, line => line.StartsWith("USER ", StringComparison.Ordinal)) > Array.FindLastIndex(Lines, line => line.StartsWith("FROM ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Port_OfTheImage_IsTheOneThatComposeHasItListenOn() =>
        Assert.All(
            ComposeFile.Read().Hubs.Where(service => service.Environment.ContainsKey("Urls")),
            service => Assert.Equal(Instructions("EXPOSE").Single(), new Uri(service.Environment["Urls"]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>What runs in the containers are programs that the build makes.</summary>
    [Fact]
    public void Programs_ThatComposeRuns_AreThoseOfTheImage()
    {
        var programs = ComposeFile.Read().Own.SelectMany(service => service.Command.Concat(service.HealthTest)).Concat(Programs().Matches(Instructions("ENTRYPOINT").Single()).Select(match => match.Value))
            .Where(word => word.EndsWith(".dll", StringComparison.Ordinal)).Distinct();

        Assert.All(programs, program => Assert.True(File.Exists(Path.Combine(Repository.Root, "src", Path.GetFileNameWithoutExtension(program), Path.ChangeExtension(program, "csproj"))), program));
    }

    private static List<string> Instructions(string name) =>
        [.. Lines.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..])];

    /// <summary>As the build reads .dockerignore: the last line that matches a path, or a folder that it is in, decides.</summary>
    private static bool IsIgnored(string path)
    {
        var (isIgnored, parts) = (false, path.TrimEnd('/').Split('/'));
        var paths = Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts[..count])).ToList();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var matcher = new Matcher(StringComparison.Ordinal).AddInclude(line.TrimStart('!'));
            if (paths.Exists(each => matcher.Match(each).HasMatches))
            {
                isIgnored = line[0] != '!';
            }
        }

        return isIgnored;
    }

    [GeneratedRegex(@"[\w.]+\.dll")]
    private static partial Regex Programs();
}
