using System.Text;
using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace MetricsHub.Tests.Storage.Influx;

public sealed class InfluxOptionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AddStorage_ObservationsInInflux_HasThemThereAndTheLedgerInTheDataFolder()
    {
        using var provider = Services(("Storage:Observations", "influx"), ("Influx:Database", "mh"));

        Assert.IsType<InfluxObservationStore>(provider.GetRequiredService<IObservationStore>());
        Assert.Same(provider.GetRequiredService<IObservationStore>(), Assert.Single(provider.GetServices<IStoreWatch>()));
        Assert.Equal(0, provider.GetRequiredService<ILedger>().Version);
    }

    [Fact]
    public void AddStorage_EmbeddedObservations_NeedNoInflux()
    {
        using var provider = Services();

        Assert.Empty(provider.GetServices<IStoreWatch>());
    }

    [Fact]
    public void Observations_AnotherWord_SaysWhatIsExpected()
    {
        using var provider = Services(("Storage:Observations", "influxdb"));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Equal(["Observations: Observations must be duckdb or influx."], error.Failures);
    }

    [Theory]
    [InlineData("Give either Database (InfluxDB 1) or Bucket (InfluxDB 2).")]
    [InlineData("Give either Database (InfluxDB 1) or Bucket (InfluxDB 2).", "Influx:Database", "a", "Influx:Bucket", "b")]
    [InlineData("The name of the bucket must not hold a slash.", "Influx:Bucket", "a/b")]
    [InlineData("Address must be like https://influx.example.org:8086, without a path.", "Influx:Database", "a", "Influx:Address", "https://proxy/influx")]
    [InlineData("Address must be like https://influx.example.org:8086, without a path.", "Influx:Database", "a", "Influx:Address", "influx:8086")]
    [InlineData("Give either Token or TokenFile.", "Influx:Bucket", "a", "Influx:Token", "t", "Influx:TokenFile", "{file}")]
    [InlineData("Give either Password or PasswordFile.", "Influx:Database", "a", "Influx:User", "u", "Influx:Password", "p", "Influx:PasswordFile", "{file}")]
    [InlineData("Give either a token or a user.", "Influx:Database", "a", "Influx:User", "u", "Influx:Token", "t")]
    [InlineData("TokenFile: there is no file /nowhere/token.", "Influx:Bucket", "a", "Influx:TokenFile", "/nowhere/token")]
    public void Influx_Misconfigured_SaysWhatIsWrong(string message, params string[] settings)
    {
        File.WriteAllText(folder.PathOf("secret"), "s");
        using var provider = Services(
            [("Storage:Observations", "influx"), .. settings.Chunk(2).Select(pair => (pair[0], pair[1].Replace("{file}", folder.PathOf("secret"), StringComparison.Ordinal)))]);

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<InfluxOptions>>().Value);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_SecretsInFiles_AreReadWithoutTheirLineBreak()
    {
        File.WriteAllText(folder.PathOf("secret"), "s3cret\n");

        var token = InfluxAccess.Of(new InfluxOptions { Bucket = "mh", TokenFile = folder.PathOf("secret") });
        var password = InfluxAccess.Of(new InfluxOptions { Database = "mh", User = "hub", PasswordFile = folder.PathOf("secret") });

        Assert.Equal("Token s3cret", token.Authorization!.ToString());
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("hub:s3cret")), password.Authorization!.ToString());
        Assert.DoesNotContain("s3cret", $"{token}{password}", StringComparison.Ordinal);
    }

    private ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Append(("Storage:DataFolder", folder.PathOf("data"))).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2)).Build())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
