using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
