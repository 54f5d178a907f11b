using System.Net.Http.Headers;
using System.Text;
using MetricsHub.Storage.Influx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.IntegrationTests.Influx;

/// <summary>What is looked at before InfluxDB is used, against a real influxd that asks for a user.</summary>
public sealed class InfluxServerTests : IAsyncLifetime
{
    private InfluxProcess influx = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        influx = await InfluxProcess.StartAsync("auth-enabled = true", PrepareAsync, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => influx.DisposeAsync();

    [Fact]
    public async Task Check_UserWhoMayReadAndWrite_IsSatisfied() => await Server("mh", "hub").CheckAsync(Cancellation);

    [Theory]
    [InlineData("mh", "hub", "wrong", "401")]
    [InlineData("mh", "reader", "secret", "403")]
    [InlineData("nothing", "admin", "secret", "database not found: nothing")]
    [InlineData("shorter", "admin", "secret", "its retention must be infinite")]
    public async Task Check_NotWhatTheHubNeeds_SaysWhatIsToBeMended(string database, string user, string password, string message)
    {
        var thrown = await Assert.ThrowsAsync<InfluxException>(() => Server(database, user, password).CheckAsync(Cancellation));

        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task Check_ClocksThatDiffer_SaysSo(int seconds)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(seconds));

        var thrown = await Assert.ThrowsAsync<InfluxException>(() => Server("mh", "hub", clock: clock).CheckAsync(Cancellation));

        Assert.Contains("must not differ by more than 10 seconds", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NewerFormat_IsRefused()
    {
        await Client("mh", "hub").WriteAsync(["format version=2 0"], Cancellation);

        var thrown = await Assert.ThrowsAsync<InfluxException>(() => Server("mh", "hub").CheckAsync(Cancellation));

        Assert.Contains("later version of MetricsHub", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongPassword_EndsTheHubInWords()
    {
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(
            data.Path, "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "mh", "--Influx:User", "hub", "--Influx:Password", "wrong");

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));

        Assert.Contains("InfluxDB refused", hub.Output, StringComparison.Ordinal);
        Assert.Contains("401", hub.Output, StringComparison.Ordinal);
    }

    private static async Task PrepareAsync(InfluxProcess influx)
    {
        foreach (var statement in new[]
        {
            "CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES", "CREATE DATABASE mh", "CREATE USER hub WITH PASSWORD 'secret'", "GRANT ALL ON mh TO hub",
            "CREATE USER reader WITH PASSWORD 'secret'", "GRANT READ ON mh TO reader", "CREATE DATABASE shorter WITH DURATION 30d",
        })
        {
            await AskAsync(influx, statement);
        }
    }

    private InfluxServer Server(string database, string user, string password = "secret", TimeProvider? clock = null) =>
        new(Client(database, user, password), clock ?? TimeProvider.System, NullLogger<InfluxServer>.Instance);

    private InfluxClient Client(string database, string user, string password = "secret") =>
        InfluxFixture.Client(new InfluxAccess(influx.Address, database, Basic(user, password), TimeSpan.FromSeconds(30)));

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static async Task AskAsync(InfluxProcess influx, string statement)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = Basic("admin", "secret") } };
        using var answer = await http.PostAsync(new Uri(influx.Address, "/query"), new FormUrlEncodedContent(new Dictionary<string, string> { ["q"] = statement }));
        answer.EnsureSuccessStatusCode();
    }
}
