using System.Globalization;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// The hub is killed at random moments of its first collection and started again: nothing that it said was stored may be lost or
/// doubled, and the next start finishes the work. METRICSHUB_KILL_ROUNDS sets how often (3 unless set; <c>make kill</c> does 20).
/// </summary>
public sealed class KillTests(PostgresFixture postgres)
{
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("METRICSHUB_KILL_ROUNDS") ?? "3", NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What an embedded hub says that nobody disturbed.</summary>
    private static readonly Lazy<Task<(string[] Statements, string[] Accounts)>> Undisturbed = new(CollectUndisturbedAsync);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Stores.Embedded)]
    [InlineData(Stores.Production)]
    public async Task Kill_AtRandomMomentsOfCollection_LosesAndDoublesNothing(string kind)
    {
        var (statements, accounts) = await Undisturbed.Value;
        var random = new Random(20261122);
        var acknowledgements = 0;

        for (var round = 0; round < Rounds; round++)
        {
            await using var stores = await Stores.CreateAsync(kind, postgres, Cancellation);
            var acknowledged = new Dictionary<string, string>();

            // Twice in a row, so that a start that finishes another start's work is killed as well.
            for (var kill = 0; kill < 2; kill++)
            {
                await using var victim = await stores.LaunchAsync([], Cancellation);
                await KillAfterAsync(victim, acknowledged, random.Next(0, CollectedHub.Samples), random.Next(0, 60));
            }

            await using var hub = await stores.LaunchAsync([], Cancellation);
            await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

            var stored = await CollectedHub.StoredPublicationsAsync(hub, Cancellation);
            Assert.Equal(CollectedHub.Samples, stored.Count);
            Assert.All(acknowledged, publication => Assert.Equal(publication.Value, stored[publication.Key]));
            Assert.Equal(statements, await CollectedHub.StatementsAsync(hub, Cancellation));
            Assert.Equal(accounts, await CollectedHub.AccountsAsync(hub, Cancellation));
            acknowledgements += acknowledged.Count;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {Rounds * 2} kills, {acknowledgements} publications acknowledged before them, 0 lost, 0 doubled");
    }

    /// <summary>Watches until a number of publications is stored, remembering what the hub acknowledged, then kills it in mid-work.</summary>
    private static async Task KillAfterAsync(HubProcess victim, Dictionary<string, string> acknowledged, int publications, int delay)
    {
        int stored;
        do
        {
            var seen = await CollectedHub.StoredPublicationsAsync(victim, Cancellation);
            foreach (var (id, recordedAt) in seen)
            {
                Assert.Equal(recordedAt, acknowledged.GetValueOrDefault(id, recordedAt));
                acknowledged[id] = recordedAt;
            }

            stored = seen.Count;
        }
        while (stored < publications);

        // Not at the moment of an answer, but anywhere in the work that follows it.
        await Task.Delay(TimeSpan.FromMilliseconds(delay), TimeProvider.System, Cancellation);
        await victim.KillAsync(Cancellation);
    }

    private static async Task<(string[] Statements, string[] Accounts)> CollectUndisturbedAsync()
    {
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
        return (await CollectedHub.StatementsAsync(hub, Cancellation), await CollectedHub.AccountsAsync(hub, Cancellation));
    }
}
