using MetricsHub.Access;
using MetricsHub.Domain.Access;
using MetricsHub.Storage;
using MetricsHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>Keys whose end is near.</summary>
public sealed class KeyExpiryTests
{
    private static readonly DateTimeOffset Now = AccessHost.Start;

    [Theory]
    [InlineData(-1, false, null)]
    [InlineData(0, false, null)]
    [InlineData(1, false, 1)]
    [InlineData(86_400, false, 1)]
    [InlineData(86_401, false, 7)]
    [InlineData(7 * 86_400, false, 7)]
    [InlineData((7 * 86_400) + 1, false, 30)]
    [InlineData(30 * 86_400, false, 30)]
    [InlineData((30 * 86_400) + 1, false, null)]
    [InlineData(1, true, null)]
    public void Step_OfAKey_IsTheNearestThatItsEndLiesWithin(int seconds, bool isRevoked, int? expected)
    {
        var key = new AccessKey("0a1b2c3d", "", "A ward", new Grant(Scopes.Read, null, null), Now.AddDays(-1), "somebody", Now.AddSeconds(seconds), RevokedAt: isRevoked ? Now : null);

        Assert.Equal(expected, KeyExpiry.StepOf(key, Now));
    }

    [Fact]
    public async Task Key_ThatEndsSoon_IsMarkedInTheListAndToldInTheLogOnceADay()
    {
        await using var host = await AccessHost.StartAsync();
        var (soon, late) = (await host.KeyAsync("admin", days: 31), await host.KeyAsync("admin", days: 300));
        Assert.Equal(0, Told(host, soon));

        host.Clock.Advance(TimeSpan.FromDays(1));
        await WaitUntilAsync(() => Told(host, soon) == 1);
        using var list = await host.GetAsync("/api/v1/keys.csv", late);
        Assert.Contains($"{AccessHost.IdOf(soon)},A test,admin,all,all,valid,30,", await list.TextAsync(), StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await WaitUntilAsync(() => Told(host, soon) == 2);

        Assert.Equal(0, Told(host, late));
        Assert.Contains(host.Log.Entries, entry => entry.Text.Contains("its seal", StringComparison.Ordinal));
    }

    /// <summary>What is compared does not depend on whether there is such a key: as many bytes, by the same comparison.</summary>
    [Fact]
    public async Task Secret_OfAnIdThatNobodyHas_IsHeldAgainstAsManyBytesAsAnyOther()
    {
        await using var host = await AccessHost.StartAsync();
        var (book, known) = (host.Services.GetRequiredService<KeyBook>(), KeyText.Parse(await host.KeyAsync("read"))!);

        var (key, secretHash) = await book.FindAsync(known.Id, TestContext.Current.CancellationToken);
        var (none, stand) = await book.FindAsync("ffffffff", TestContext.Current.CancellationToken);

        Assert.Equal((known.Id, null), (key?.Id, none?.Id));
        Assert.Equal(known.SecretHash(), secretHash);
        Assert.Equal((32, 32), (secretHash.Length, stand.Length));
        Assert.Same(stand, (await book.FindAsync("eeeeeeee", TestContext.Current.CancellationToken)).SecretHash);
    }

    private static int Told(AccessHost host, string key) =>
        host.Log.Entries.Count(entry => entry.Text.StartsWith($"Key {AccessHost.IdOf(key)} of A test ends within", StringComparison.Ordinal));

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }
}
