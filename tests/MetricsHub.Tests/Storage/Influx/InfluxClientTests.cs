using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using MetricsHub.Storage.Influx;
using MetricsHub.Tests.Acceptance;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Storage.Influx;

public sealed class InfluxClientTests
{
    private readonly HurriedClock clock = new();
    private readonly InfluxAvailability availability;

    public InfluxClientTests() => availability = new InfluxAvailability("InfluxDB", clock, NullLogger<InfluxAvailability>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.NoContent, "", 1, null)]
    [InlineData(HttpStatusCode.RequestTimeout, "", 3, typeof(InfluxAwayException))]
    [InlineData(HttpStatusCode.TooManyRequests, "", 3, typeof(InfluxAwayException))]
    [InlineData(HttpStatusCode.InternalServerError, """{"error":"write /data/1.tsm: no space left on device"}""", 3, typeof(InfluxAwayException))]
    [InlineData(HttpStatusCode.InternalServerError, """{"error":"timeout"}""", 3, typeof(InfluxAwayException))]
    [InlineData(HttpStatusCode.BadGateway, "<html>", 3, typeof(InfluxAwayException))]
    [InlineData(HttpStatusCode.ServiceUnavailable, "", 3, typeof(InfluxAwayException))]
    [InlineData(HttpStatusCode.InternalServerError, """{"error":"retention policy not found: long"}""", 1, typeof(InfluxException))]
    [InlineData(HttpStatusCode.Unauthorized, """{"code":"unauthorized","message":"unauthorized access"}""", 1, typeof(InfluxException))]
    [InlineData(HttpStatusCode.Forbidden, """{"code":"forbidden","message":"insufficient permissions for write"}""", 1, typeof(InfluxException))]
    [InlineData(HttpStatusCode.NotFound, """{"error":"database not found: \"mh\""}""", 1, typeof(InfluxException))]
    [InlineData(HttpStatusCode.MovedPermanently, "", 1, typeof(InfluxException))]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"partial write: field type conflict dropped=1"}""", 1, typeof(InfluxLinesException))]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"code":"unprocessable entity","message":"partial write: points beyond retention policy dropped=1"}""", 1, typeof(InfluxLinesException))]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, """{"error":"Request Entity Too Large"}""", 1, typeof(InfluxLinesException))]
    public async Task Write_ByStatus_IsTriedAgainOnlyWhereThatCanHelp(HttpStatusCode status, string text, int requests, Type? failure)
    {
        var handler = new AnsweringHandler((_, _) => AnsweringHandler.Status(status, text));

        var thrown = await Record.ExceptionAsync(() => Client(handler).WriteAsync(["line"], Cancellation));

        Assert.Equal(failure, thrown?.GetType());
        Assert.Equal(requests, handler.Requests);
    }

    [Fact]
    public async Task Write_BrokenConnectionThenAnAnswer_Succeeds()
    {
        var handler = new AnsweringHandler((_, number) => number < 3 ? throw new HttpRequestException("reset") : AnsweringHandler.Status(HttpStatusCode.NoContent));

        await Client(handler).WriteAsync(["line"], Cancellation);

        Assert.Equal(3, handler.Requests);
        Assert.Null(availability.AwaySince);
    }

    [Fact]
    public async Task Write_NoAnswerInTime_IsGivenUp()
    {
        var handler = new AnsweringHandler((_, _) => AnsweringHandler.Status(HttpStatusCode.NoContent));

        var thrown = await Assert.ThrowsAsync<InfluxAwayException>(() => Client(handler, HurriedClock.Deadline / 2).WriteAsync(["line"], Cancellation));

        Assert.Contains("no answer within 30 seconds", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_RetryAfterLongerThanTheTimeout_IsNotWaitedFor()
    {
        var handler = new AnsweringHandler((_, _) =>
        {
            var answer = AnsweringHandler.Status(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromMinutes(10));
            return answer;
        });

        await Assert.ThrowsAsync<InfluxAwayException>(() => Client(handler).WriteAsync(["line"], Cancellation));

        Assert.Equal(1, handler.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_SomeLinesAreWrong_NamesThemWhetherTheOthersWereKeptOrNot(bool keepsTheOthers)
    {
        var kept = new HashSet<string>();
        var handler = new AnsweringHandler((request, _) =>
        {
            var lines = LinesOf(request);
            var good = Array.FindAll(lines, line => !line.StartsWith("bad", StringComparison.Ordinal));
            if (good.Length == lines.Length || keepsTheOthers)
            {
                kept.UnionWith(good);
            }

            return good.Length == lines.Length
                ? AnsweringHandler.Status(HttpStatusCode.NoContent)
                : AnsweringHandler.Status(HttpStatusCode.BadRequest, $$"""{"error":"partial write: {{lines.Length - good.Length}} wrong"}""");
        });
        string[] lines = [.. Enumerable.Range(0, 12_000).Select(index => index is 17 or 18 or 11_999 ? $"bad{index}" : $"good{index}")];

        var thrown = await Assert.ThrowsAsync<InfluxLinesException>(() => Client(handler).WriteAsync(lines, Cancellation));

        Assert.Equal([17, 18, 11_999], thrown.Refused.Select(line => line.Index));
        Assert.All(thrown.Refused, line => Assert.Equal("400 partial write: 1 wrong", line.Reason));
        Assert.Equal(lines.Length - 3, kept.Count);
    }

    [Fact]
    public async Task Write_BodyTooLarge_IsHalvedUntilItFits()
    {
        var most = 0;
        var handler = new AnsweringHandler((request, _) =>
        {
            var lines = LinesOf(request).Length;
            if (lines > 700)
            {
                return AnsweringHandler.Status(HttpStatusCode.RequestEntityTooLarge);
            }

            most += lines;
            return AnsweringHandler.Status(HttpStatusCode.NoContent);
        });

        await Client(handler).WriteAsync([.. Enumerable.Range(0, 6000).Select(index => $"line{index}")], Cancellation);

        Assert.Equal(6000, most);
    }

    [Fact]
    public async Task Write_RightAfterAFailure_FailsWithoutAsking()
    {
        var away = true;
        var handler = new AnsweringHandler((_, _) => AnsweringHandler.Status(away ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent));
        var client = Client(handler);
        await Assert.ThrowsAsync<InfluxAwayException>(() => client.WriteAsync(["line"], Cancellation));

        await Assert.ThrowsAsync<InfluxAwayException>(() => client.WriteAsync(["line"], Cancellation));

        Assert.Equal(3, handler.Requests);
        Assert.Equal(clock.GetUtcNow(), availability.AwaySince);
        away = false;
        clock.Advance(TimeSpan.FromSeconds(1));
        await client.WriteAsync(["line"], Cancellation);
        Assert.Null(availability.AwaySince);
        Assert.Equal(1, availability.TimesAway);
    }

    [Fact]
    public async Task Query_ErrorUnderStatus200_Throws()
    {
        var handler = new AnsweringHandler((_, _) => AnsweringHandler.Status(HttpStatusCode.OK, """{"results":[{"statement_id":0,"error":"database not found: mh"}]}"""));

        var thrown = await Assert.ThrowsAsync<InfluxException>(() => ReadAsync(Client(handler), InfluxQuery.Of("SELECT 1")));

        Assert.Contains("database not found", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_AnswerCutOff_ThrowsAndIsNoShortAnswer()
    {
        var handler = new AnsweringHandler((_, _) => AnsweringHandler.Status(HttpStatusCode.OK, """
            {"results":[{"statement_id":0,"series":[{"name":"current","columns":["time","value"],"values":[[0,1]],"partial":true}],"partial":true}]}
            {"results":[{"statement_id":0,"series":[{"name":"curr
            """));

        await Assert.ThrowsAsync<InfluxAwayException>(() => ReadAsync(Client(handler), InfluxQuery.Of("SELECT 1")));

        Assert.NotNull(availability.AwaySince);
    }

    [Fact]
    public async Task Query_Values_AreBoundAndNeverInTheText()
    {
        var handler = new AnsweringHandler((_, _) => AnsweringHandler.Status(HttpStatusCode.OK, """{"results":[{"statement_id":0}]}"""));
        var query = new InfluxQuery();
        query.Add($"SELECT value FROM current WHERE {query.AnyOf("metric", ["a'; DROP MEASUREMENT current; --", "b"])}");

        await ReadAsync(Client(handler), query);

        var form = Uri.UnescapeDataString(Assert.Single(handler.Queries).Replace('+', ' ')).Split('&');
        Assert.Contains("q=SELECT value FROM current WHERE (metric = $p0 OR metric = $p1)", form);
        Assert.Contains("epoch=ns", form);
    }

    private static string[] LinesOf(HttpRequestMessage request)
    {
        using var body = new StreamReader(new GZipStream(request.Content!.ReadAsStream(), CompressionMode.Decompress));
        return body.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<int> ReadAsync(InfluxClient client, InfluxQuery query)
    {
        var rows = 0;
        await foreach (var table in client.QueryAsync(query, Cancellation))
        {
            rows += table.Rows.GetArrayLength();
        }

        return rows;
    }

    // The hurried clock ends every wait that is shorter than its deadline at once.
    private InfluxClient Client(HttpMessageHandler handler, TimeSpan? timeout = null) => new(
        new HttpClient(handler),
        new InfluxAccess(new Uri("http://influx.test:8086"), "mh", new AuthenticationHeaderValue("Token", "secret"), timeout ?? HurriedClock.Deadline),
        availability,
        clock);
}
