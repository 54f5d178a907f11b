using System.Globalization;
using MetricsHub.Access;
using MetricsHub.Catalogue;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>Keys by the command of the hub's program, on a data folder of its own.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Create_ThenListThenRevoke_ShowsTheKeyOnceAndItsEnd()
    {
        var created = await RunAsync("create", "--owner", "Ward 7", "--scopes", "read,declare", "--organisations", "QXU", "--expires", "90");
        var key = KeyText.Parse(created.TrimEnd().Split('\n')[^1]);

        Assert.NotNull(key);
        var listed = await RunAsync("list");
        Assert.Equal($"{key.Id}  Ward 7  read,declare  organisations QXU  sources all  until 2027-02-20  never used", listed.TrimEnd());
        Assert.Contains("was revoked on 2026-11-22", await RunAsync("revoke", "--id", key.Id), StringComparison.Ordinal);
        Assert.Contains("revoked 2026-11-22", await RunAsync("list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_TheSameKeyTwice_IsOneKeyAndIsNotShown()
    {
        var key = KeyText.New();
        var first = await EnterAsync(key);
        clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal(first, await EnterAsync(key));
        Assert.Equal($"Key {key.Id} for Grafana is entered, until 2027-11-22 12:00 UTC.", first.TrimEnd());
        Assert.Single((await RunAsync("list")).TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Enter_AKeyThatIsWorthless_SaysSo()
    {
        var (revoked, expired) = (KeyText.New(), KeyText.New());
        await EnterAsync(revoked);
        await EnterAsync(expired);
        await RunAsync("revoke", "--id", revoked.Id);

        await AssertRefusedAsync("draw a new one", revoked);
        await AssertRefusedAsync("There is another key with the id", expired with { Secret = KeyText.New().Secret });
        clock.Advance(TimeSpan.FromDays(365));
        await AssertRefusedAsync("has expired", expired);
    }

    [Fact]
    public async Task Enter_WhatIsNoKey_SaysSoAndDoesNotRepeatIt()
    {
        await File.WriteAllTextAsync(folder.PathOf("key"), "mh_not-a-key", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<StartException>(() => EnterFileAsync());

        Assert.Contains("holds no key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mh_not-a-key", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cannot be read", "enter", "--owner", "x", "--scopes", "read", "--expires", "1", "--file", "/no/such/file")]
    [InlineData("cannot be read", "enter", "--owner", "x", "--scopes", "read", "--expires", "1")]
    [InlineData("--owner", "create", "--scopes", "read", "--expires", "2027-01-01")]
    [InlineData("--expires", "create", "--owner", "x", "--scopes", "read", "--expires", "366")]
    [InlineData("--organisations", "create", "--owner", "x", "--scopes", "read", "--expires", "1", "--organisations", "NOSUCH")]
    [InlineData("--organisation is not known", "create", "--owner", "x", "--scopes", "read", "--expires", "1", "--organisation", "QXU")]
    [InlineData("There is no key", "revoke", "--id", "ffffffff")]
    [InlineData("MetricsHub keys create", "destroy")]
    public async Task Run_WhatCannotBe_SaysWhatIsExpected(string expected, params string[] arguments)
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => RunAsync(arguments));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhileTheHubHasItsData_SaysWhereElseKeysAreManaged()
    {
        using var hub = DuckDbFile.Open(new DuckDbSettings(folder.PathOf("metricshub.duckdb")), TimeProvider.System, NullLogger<DuckDbFile>.Instance);

        var refused = await Assert.ThrowsAsync<StartException>(() => RunAsync("list"));

        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.Contains("/api/v1/keys", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Open")]
    [InlineData("open", "Open")]
    [InlineData("KEYS", "Keys")]
    public void Mode_InConfiguration_IsRead(string? text, string expected) => Assert.Equal(expected, AccessOptions.ModeIn(Configured(text)).ToString());

    [Theory]
    [InlineData("none")]
    [InlineData("7")]
    public void Mode_ThatThereIsNot_StopsTheStart(string text) => Assert.Throws<StartException>(() => AccessOptions.ModeIn(Configured(text)));

    private static IConfigurationRoot Configured(string? mode) => new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Access:Mode", mode)]).Build();

    private async Task AssertRefusedAsync(string expected, KeyText key) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<StartException>(() => EnterAsync(key))).Message, StringComparison.Ordinal);

    private async Task<string> EnterAsync(KeyText key)
    {
        await File.WriteAllTextAsync(folder.PathOf("key"), key.Reveal() + "\n", TestContext.Current.CancellationToken);
        return await EnterFileAsync();
    }

    private Task<string> EnterFileAsync() => RunAsync("enter", "--file", folder.PathOf("key"), "--owner", "Grafana", "--scopes", "read", "--expires", "365");

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await KeyCommand.RunAsync(
            [.. arguments, $"--Storage:DataFolder={folder.Path}", $"--{CatalogueSetup.FolderKey}={Path.Combine(AppContext.BaseDirectory, "catalogue")}"],
            output, clock, TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        return output.ToString();
    }
}
