using System.Diagnostics;
using System.Runtime.Versioning;
using MetricsHub.Access;
using MetricsHub.Storage.Postgres;
using Npgsql;
using Xunit;

namespace MetricsHub.Tests.Compose;

/// <summary>docker/secrets.sh, run in a folder of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretsScriptTests : IDisposable
{
    private readonly TemporaryFolder clone = new();

    public SecretsScriptTests()
    {
        Directory.CreateDirectory(clone.PathOf("docker"));
        File.Copy(Path.Combine(Repository.Root, "docker", "secrets.sh"), clone.PathOf("docker/secrets.sh"));
    }

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task Run_InAFreshClone_DrawsEverySecretThatComposeNames()
    {
        await RunAsync();

        var named = ComposeFile.Read().Defined("secrets").Values.Select(secret => (string)((Dictionary<object, object?>)secret!)["file"]!);
        Assert.Equal(named.Select(file => Path.GetFileName(file)).Order(), Secrets().Keys.Order());
        Assert.All(named, file => Assert.Equal("./secrets", Path.GetDirectoryName(file)));
        Assert.True(Directory.Exists(clone.PathOf("data/catalogue")));
    }

    [Fact]
    public async Task Secrets_Drawn_AreWhatTheirReadersUnderstand()
    {
        await RunAsync();

        var secrets = Secrets();
        Assert.NotNull(KeyText.Parse(secrets["grafana_key"]));
        var connection = new NpgsqlConnectionStringBuilder(new PostgresOptions { ConnectionStringFile = clone.PathOf("secrets/postgres_connection") }.ToSettings().ConnectionString);
        Assert.Equal(secrets["postgres_password"], connection.Password);
        var postgres = ComposeFile.Read().Services["postgres"];
        Assert.Equal((postgres.Name, postgres.Environment["POSTGRES_DB"], postgres.Environment["POSTGRES_USER"]), (connection.Host, connection.Database, connection.Username));
        Assert.All(secrets.Values, secret => Assert.Equal(secret.Trim(), secret));
    }

    /// <summary>Read by users of containers, one file at a time; kept from everybody else by the folder.</summary>
    [Fact]
    public async Task Secrets_Drawn_AreReachedByNobodyElse()
    {
        await RunAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(clone.PathOf("secrets")));
        Assert.All(
            Directory.GetFiles(clone.PathOf("secrets")),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(file)));
        Assert.Contains("/secrets/", File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));
    }

    [Fact]
    public async Task Run_Again_KeepsWhatIsThereAndDrawsWhatIsMissing()
    {
        await RunAsync();
        var first = Secrets();
        File.Delete(clone.PathOf("secrets/grafana_key"));

        var said = await RunAsync();

        var second = Secrets();
        Assert.Equal("secrets/grafana_key", said.Trim());
        Assert.Equal(["grafana_key"], first.Keys.Where(name => first[name] != second[name]));
    }

    [Fact]
    public async Task Run_Twice_DrawsOtherSecretsAndPrintsNone()
    {
        var said = await RunAsync();
        var first = Secrets();
        Directory.Delete(clone.PathOf("secrets"), recursive: true);
        await RunAsync();

        Assert.All(Secrets(), secret => Assert.NotEqual(first[secret.Key], secret.Value));
        Assert.All(first.Values, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
        Assert.All(first.Values, secret => Assert.True(secret.Length >= 32));
    }

    private Dictionary<string, string> Secrets() =>
        Directory.GetFiles(clone.PathOf("secrets")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private async Task<string> RunAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [clone.PathOf("docker/secrets.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
