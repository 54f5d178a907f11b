using System.Net;
using System.Security.Cryptography;
using System.Text;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>The same figures sent again and again, in any order and in any parts, leave what sending them once leaves.</summary>
public sealed class RepetitionTests(PostgresFixture postgres)
{
    private const int Times = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Stores.Embedded)]
    [InlineData(Stores.Production)]
    public async Task Batch_SentTenTimesShuffledAndSplit_LeavesTheSameRows(string kind)
    {
        var random = new Random(20261123);
        using var catalogue = Pushes.Catalogue(withSamples: false);
        await using var stores = await Stores.CreateAsync(kind, postgres, Cancellation);
        await using var hub = await stores.LaunchAsync(["--Catalogue:Folder", catalogue.Path], Cancellation);
        (string Organisation, DateOnly Day, int Value)[] batch = [.. Enumerable.Range(0, 300).Select(day => ("QUY", new DateOnly(2020, 1, 1).AddDays(day), day % 97))];
        await SendAsync(hub, "once", batch);
        var (rows, figures) = await HashesAsync(hub);

        for (var time = 1; time <= Times; time++)
        {
            await SendAsync(hub, "once", batch);
            await SendAsync(hub, $"again {time}", batch);
        }

        Assert.Equal((rows, figures), await HashesAsync(hub));
        Assert.Equal(1, await Pushes.CountAsync(hub, Cancellation));

        for (var time = 1; time <= Times; time++)
        {
            var shuffled = batch.ToArray();
            random.Shuffle(shuffled);
            await SendAsync(hub, $"shuffled {time}", shuffled);
            foreach (var (part, number) in shuffled.Chunk(70).Select((part, number) => (part, number)))
            {
                await SendAsync(hub, $"part {time}.{number}", part);
            }
        }

        // Other publications in other rows now state them; what they state is the same.
        Assert.Equal(figures, (await HashesAsync(hub)).Figures);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {rows[..12]} with publications and rows, {figures[..12]} without, after {Times} repetitions, {Times} orders and {Times * 5} parts");
    }

    private static async Task SendAsync(HubProcess hub, string key, IEnumerable<(string Organisation, DateOnly Day, int Value)> rows)
    {
        using var answer = await Pushes.SendAsync(hub, key, rows, Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>SHA-256 of all current statements less when they were learnt, and of their figures alone.</summary>
    private static async Task<(string Rows, string Figures)> HashesAsync(HubProcess hub)
    {
        var statements = await CollectedHub.StatementsAsync(hub, Cancellation);
        var header = statements[0].Split(',');
        int[] said = [.. ((string[])["metric", "organisation", "periodStart", "periodEnd", "value", "absence"]).Select(name => header.IndexOf(name))];
        Assert.DoesNotContain(-1, said);
        return (Hash(statements), Hash(statements.Select(row => string.Join(',', said.Select(column => row.Split(',')[column])))));
    }

    private static string Hash(IEnumerable<string> rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
}
