using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Xunit;

namespace MetricsHub.Tests.Storage;

public sealed class StorageSetupTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AddStorage_DataFolderGiven_OpensBothStoresInIt()
    {
        using var provider = Services(("Storage:DataFolder", folder.PathOf("data")));

        Assert.IsType<DuckDbObservationStore>(provider.GetRequiredService<IObservationStore>());
        Assert.Equal(0, provider.GetRequiredService<ILedger>().Version);
        Assert.True(File.Exists(Path.Combine(folder.PathOf("data"), "metricshub.duckdb")));
    }

    [Fact]
    public void AddStorage_NothingGiven_HasDefaults()
    {
        using var provider = Services();

        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;

        Assert.Equal(("data", "512MB"), (options.DataFolder, options.MemoryLimit));
    }

    [Fact]
    public void AddStorage_MemoryLimitWithoutUnit_SaysWhatIsExpected()
    {
        using var provider = Services(("Storage:MemoryLimit", "512"));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Equal(["MemoryLimit: MemoryLimit must be a number and a unit: 512MB, 2GB."], error.Failures);
    }

    [Fact]
    public void AddStorage_LedgerThatIsNotKnown_SaysWhichAre()
    {
        using var provider = Services(("Storage:Ledger", "sqlite"));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Equal(["Ledger: Ledger must be duckdb or postgres."], error.Failures);
    }

    [Theory]
    [InlineData("", "", "hub", "ConnectionString: Give either ConnectionString or ConnectionStringFile.")]
    [InlineData("Host=a;Database=b", "a.txt", "hub", "ConnectionString: Give either ConnectionString or ConnectionStringFile.")]
    [InlineData("secret", "", "hub", "ConnectionString: The connection string must be like Host=db.example.org;Database=metricshub;Username=hub;Password=…")]
    [InlineData("Host=a;Database=b;Sekret=secret", "", "hub", "ConnectionString: The connection string must be like Host=db.example.org;Database=metricshub;Username=hub;Password=…")]
    [InlineData("Host=a;Password=secret", "", "hub", "ConnectionString: The connection string must be like Host=db.example.org;Database=metricshub;Username=hub;Password=…")]
    [InlineData("", "/nowhere/at/all", "hub", "ConnectionStringFile: /nowhere/at/all cannot be read.")]
    [InlineData("Host=a;Database=b", "", "a b", "Schema: Schema must be of at most 50 small letters, digits and underscores, and not begin with a digit.")]
    public void AddStorage_PostgresThatCannotBe_SaysWhatIsExpectedAndNoSecret(string connectionString, string file, string schema, string expected)
    {
        using var provider = Services(
            ("Storage:Ledger", "postgres"), ("Postgres:ConnectionString", connectionString), ("Postgres:ConnectionStringFile", file), ("Postgres:Schema", schema));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<PostgresSettings>());

        Assert.Equal([expected], error.Failures);
    }

    [Fact]
    public void PostgresSettings_FromAFileWithALineEnd_AreThoseOfTheFile()
    {
        var file = folder.Write("connection", "Host=db;Database=hub;Username=u;Password=secret\n");
        using var provider = Services(("Storage:Ledger", "postgres"), ("Postgres:ConnectionStringFile", file));

        var settings = provider.GetRequiredService<PostgresSettings>();

        Assert.Equal(("metricshub", "metricshub_jobs", "db:5432/hub"), (settings.Schema, settings.JobSchema, settings.ToString()));
        Assert.Contains("Password=secret;", settings.ForStores() + ";", StringComparison.Ordinal);
        Assert.Contains("synchronous_commit=on", settings.ForStores(), StringComparison.Ordinal);
        Assert.All([settings.ForStores(), settings.ForJobs()], text => Assert.Contains("GSS Encryption Mode=Disable", text, StringComparison.OrdinalIgnoreCase));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IHostApplicationLifetime, ApplicationLifetime>()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
