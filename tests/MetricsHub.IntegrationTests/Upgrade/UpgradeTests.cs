using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Upgrade;

/// <summary>Today's hub on what an earlier one left behind: it brings the files and the schema up to date, and what was known then reads as it read then.</summary>
public sealed class UpgradeTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Hub_OnTheFilesOfAnEarlierOne_AnswersAsThatDid()
    {
        EarlierInstallation.Unpack(data.Path);
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);

        await EarlierInstallation.Embedded.AssertAnswersAsThenAsync(hub, Cancellation);
    }

    [Fact]
    public async Task Hub_OnTheSchemaOfAnEarlierOne_AnswersAsThatDid()
    {
        var settings = await postgres.NewSchemaAsync();
        await EarlierInstallation.UnpackAsync(settings, data.Path, Cancellation);
        await using var hub = HubProcess.Launch(
            data.Path, "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema);
        await hub.WaitUntilItAnswersAsync(Cancellation);

        await EarlierInstallation.OnPostgres.AssertAnswersAsThenAsync(hub, Cancellation);
    }
}
