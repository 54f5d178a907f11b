using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// The hub is killed while figures are pushed to it: whatever it acknowledged is stored, and what is sent again under its key is stored once.
/// METRICSHUB_KILL_ROUNDS sets how often (3 unless set; <c>make kill</c> does 20).
/// </summary>
public sealed class PushKillTests(PostgresFixture postgres)
{
    private const int Senders = 3;

    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("METRICSHUB_KILL_ROUNDS") ?? "3", NumberStyles.None, CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Stores.Embedded)]
    [InlineData(Stores.Production)]
    public async Task Kill_AtRandomMomentsOfPushes_LosesAndDoublesNothing(string kind)
    {
        var random = new Random(20261122);
        using var catalogue = Pushes.Catalogue();
        string[] arguments = ["--Catalogue:Folder", catalogue.Path];
        var (acknowledgements, extra) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await using var stores = await Stores.CreateAsync(kind, postgres, Cancellation);
            ConcurrentDictionary<int, string> acknowledged = new();
            var sent = 0;

            // Twice in a row, so that a start that finishes another start's work is killed as well.
            for (var kill = 0; kill < 2; kill++)
            {
                await using var victim = await stores.LaunchAsync(arguments, Cancellation);
                var enough = acknowledged.Count + random.Next(1, 15);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                var senders = Enumerable.Range(0, Senders).Select(_ => SendAsync(victim, () => Interlocked.Increment(ref sent), acknowledged, stop.Token)).ToList();
                while (acknowledged.Count < enough)
                {
                    Assert.False(senders.TrueForAll(sender => sender.IsCompleted), $"Nobody pushes any more. The hub said:{Environment.NewLine}{victim.Output}");
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 40)), TimeProvider.System, Cancellation);
                await victim.KillAsync(Cancellation);
                await stop.CancelAsync();
                await Task.WhenAll(senders);
            }

            await using var hub = await stores.LaunchAsync(arguments, Cancellation);
            await Pushes.AssertHoldsAsync(hub, acknowledged.Keys, Cancellation);

            // Not more than were under way when it was killed, one of each sender.
            var kept = await Pushes.KeptAsync(hub, Cancellation);
            Assert.InRange(kept - acknowledged.Count, 0, Senders * 2);
            extra += kept - acknowledged.Count;

            // Whoever had no answer sends again; whoever had one gets the same.
            for (var push = 1; push <= sent; push++)
            {
                using var response = await Pushes.SendAsync(hub, push, Cancellation);
                var answer = await response.Content.ReadAsStringAsync(Cancellation);
                Assert.True(response.IsSuccessStatusCode, answer);
                Assert.Equal(acknowledged.GetValueOrDefault(push, answer), answer);
            }

            await Pushes.AssertHoldsAsync(hub, Enumerable.Range(1, sent), Cancellation);
            Assert.Equal(sent, await Pushes.CountAsync(hub, Cancellation));
            acknowledgements += acknowledged.Count;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kind}: {Rounds * 2} kills, {acknowledgements} pushes acknowledged before them, 0 lost, 0 doubled; {extra} kept of {Rounds * 2 * Senders} that had no answer");
    }

    /// <summary>Pushes until the hub is gone, remembering what it acknowledged.</summary>
    private static async Task SendAsync(HubProcess hub, Func<int> next, ConcurrentDictionary<int, string> acknowledged, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var push = next();
                using var response = await Pushes.SendAsync(hub, push, cancellationToken);
                var answer = await response.Content.ReadAsStringAsync(cancellationToken);
                Assert.True(response.StatusCode == HttpStatusCode.OK, answer);
                acknowledged[push] = answer;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The hub was killed: the push that was under way is one of those that had no answer.
        }
    }
}
