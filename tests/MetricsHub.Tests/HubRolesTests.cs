using Microsoft.Extensions.Configuration;
using Xunit;

namespace MetricsHub.Tests;

public sealed class HubRolesTests
{
    [Theory]
    [InlineData(null, true, true)]
    [InlineData("api,worker", true, true)]
    [InlineData("worker, api", true, true)]
    [InlineData("api", true, false)]
    [InlineData("worker", false, true)]
    public void Of_SharedStores_AreWhatIsAskedFor(string? roles, bool answers, bool works) =>
        Assert.Equal(new HubRoles(answers, works), HubRoles.Of(Configuration(roles, "influx", "postgres")));

    [Theory]
    [InlineData("")]
    [InlineData("API")]
    [InlineData("api;worker")]
    [InlineData("worker,cook")]
    public void Of_WordsThatAreNoRoles_SaysWhichThereAre(string roles) =>
        Assert.Contains("must be api, worker or api,worker", Assert.Throws<StartException>(() => HubRoles.Of(Configuration(roles, "influx", "postgres"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("duckdb", "duckdb")]
    [InlineData("influx", "duckdb")]
    [InlineData("duckdb", "postgres")]
    public void Of_AStoreThatIsOneProcesss_AsksForBoth(string observations, string ledger)
    {
        Assert.Equal(new HubRoles(true, true), HubRoles.Of(Configuration("api,worker", observations, ledger)));
        Assert.Throws<StartException>(() => HubRoles.Of(Configuration("api", observations, ledger)));
        Assert.Throws<StartException>(() => HubRoles.Of(Configuration("worker", observations, ledger)));
    }

    private static IConfiguration Configuration(string? roles, string observations, string ledger) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Roles", roles), new("Storage:Observations", observations), new("Storage:Ledger", ledger)])
        .Build();
}
