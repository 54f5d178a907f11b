using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MetricsHub.Api;
using MetricsHub.Tests.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class PushEndpointsTests
{
    private const string Waiting = """{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7}""";

    [Fact]
    public async Task Push_JsonOfGoodAndBadRows_TellsOfEachAndStoresTheGood()
    {
        await using var host = await PushHost.StartAsync();
        string[] rows =
        [
            Waiting,
            """{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:30:00+00:00","value":null,"absence":"not-due"}""",
            """{"metric":"utc-nothing","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7}""",
            """{"metric":"utc-waiting","organisation":"SIMU9","at":"2026-11-22T10:15:00Z","value":7}""",
            """{"metric":"utc-waiting","organisation":"RTP","at":"2026-11-22T10:15:00Z","value":7}""",
            """{"metric":"utc-waiting","organisation":"SIMU2","at":"2026-11-22T10:15:00","value":7}""",
            """{"metric":"utc-waiting","organisation":"SIMU2","at":"2026-11-22T10:15:00Z","value":7,"actor":"somebody"}""",
            """{"metric":"utc-waiting","organisation":"SIMU2","at":"2026-11-22T10:30:00Z","value":"7"}""",
            """{"metric":"utc-waiting","organisation":"SIMU2","at":"2026-11-22T10:45:00Z","value":-7}""",
            """{"metric":"utc-arrivals","organisation":"SIMU2","at":"2026-11-21","value":120}""",
        ];

        var answer = await host.PushedAsync("morning", $"[{string.Join(',', rows)}]");

        Assert.Equal((3, 7), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal(
            [
                "1 accepted ", "2 accepted ", "3 rejected metric", "4 rejected organisation", "5 rejected ", "6 rejected at", "7 rejected actor", "8 rejected value",
                "9 rejected value", "10 accepted ",
            ],
            answer.GetProperty("rows").EnumerateArray().Select(row => $"{row.GetProperty("row")} {row.GetProperty("status").GetString()} {row.GetProperty("field").GetString()}"));
        Assert.Contains("a simulated source cannot speak of RTP", answer.GetProperty("rows")[4].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(["SIMU2 2026-11-21T00:00:00Z 120"], await host.FiguresAsync("utc-arrivals"));
        Assert.Equal(
            ["SIMU1 2026-11-22T10:00:00Z 7", "SIMU1 2026-11-22T10:15:00Z not-due", "SIMU2 2026-11-22T10:30:00Z rejected"], await host.FiguresAsync("utc-waiting"));
    }

    [Fact]
    public async Task Push_Csv_NumbersRowsAsTheLinesOfTheFile()
    {
        await using var host = await PushHost.StartAsync();

        var answer = await host.PushedAsync(
            "csv", "organisation,metric,at,value,absence\r\nSIMU1,utc-waiting,2026-11-22T10:15:00Z,7,\r\nSIMU1,utc-waiting,soon,7,\r\nSIMU2,utc-waiting,2026-11-22T10:15:00Z,,late\r\n", "text/csv; charset=utf-8");

        Assert.Equal(
            ["2 accepted", "3 rejected", "4 accepted"],
            answer.GetProperty("rows").EnumerateArray().Select(row => $"{row.GetProperty("row")} {row.GetProperty("status").GetString()}"));
        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 7", "SIMU2 2026-11-22T10:00:00Z late"], await host.FiguresAsync("utc-waiting"));
    }

    [Fact]
    public async Task Push_FhirReport_IsTakenIn()
    {
        await using var host = await PushHost.StartAsync();

        var answer = await host.PushedAsync("fhir", $$"""
            {
              "resourceType": "MeasureReport", "status": "complete", "type": "summary", "measure": "{{PushSystem.Measure}}|1.0",
              "reporter": { "identifier": { "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "SIMU1" } },
              "period": { "start": "2026-11-22T10:00:00Z", "end": "2026-11-22T10:15:00Z" },
              "group": [{ "code": { "coding": [{ "code": "Beds" }] }, "population": [
                { "code": { "coding": [{ "code": "numbeds" }] }, "count": 12 }, { "code": { "coding": [{ "code": "numVent" }] }, "count": 3 } ] }]
            }
            """, "application/fhir+json");

        Assert.Equal((1, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal("the mapping has no metric for 'Beds/numVent'", answer.GetProperty("rows")[1].GetProperty("reason").GetString());
        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 12"], await host.FiguresAsync("utc-waiting"));
    }

    [Fact]
    public async Task Push_TakenIn_ShowsAmongThePublicationsWithItsActor()
    {
        await using var host = await PushHost.StartAsync();

        var answer = await host.PushedAsync("morning", $"[{Waiting}]");

        var publication = (await host.GetJsonAsync($"/api/v1/publications/{answer.GetProperty("publication").GetString()}"));
        Assert.Equal(
            ("sim-push", "push:morning", "push.json", "stored", "local"),
            (Text("source"), Text("address"), Text("fileName"), Text("state"), Text("actor")));
        Assert.True(publication.GetProperty("tally").GetProperty("balances").GetBoolean());

        string? Text(string name) => publication.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Push_SameKeyAndBodyAgain_HasTheSameAnswerAndChangesNothing()
    {
        await using var host = await PushHost.StartAsync();
        var body = $$"""[{{Waiting}}, {"metric":"utc-nothing"}]""";
        var first = await host.PushedAsync("morning", body);
        var before = await host.GetJsonAsync("/api/v1/publications");
        host.Clock.Advance(TimeSpan.FromHours(1));

        var again = await host.PushedAsync("morning", body);
        await host.RestartAsync();
        var later = await host.PushedAsync("morning", body);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(first.GetRawText(), later.GetRawText());
        Assert.Equal(before.GetRawText(), (await host.GetJsonAsync("/api/v1/publications")).GetRawText());
    }

    [Fact]
    public async Task Push_SameKeyAndOtherBody_IsAConflictAndDoesNothing()
    {
        await using var host = await PushHost.StartAsync();
        await host.PushedAsync("morning", $"[{Waiting}]");

        using var response = await host.PushAsync("morning", $"[{Waiting.Replace("7", "8", StringComparison.Ordinal)}]");

        await response.AssertProblemAsync(409, "/problems/conflict");
        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 7"], await host.FiguresAsync("utc-waiting"));
        Assert.Single((await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Push_SameBodyUnderAnotherKey_IsTheSamePublication()
    {
        await using var host = await PushHost.StartAsync();
        var first = await host.PushedAsync("one", $"[{Waiting}]");

        var second = await host.PushedAsync("two", $"[{Waiting}]");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Single((await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Push_LaterOneOfTheSamePeriod_IsCurrent()
    {
        await using var host = await PushHost.StartAsync();
        await host.PushedAsync("one", $"[{Waiting}]");

        await host.PushedAsync("two", $"[{Waiting.Replace("7}", "9}", StringComparison.Ordinal)}]");

        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 9"], await host.FiguresAsync("utc-waiting"));
    }

    [Fact]
    public async Task Push_ManyAtOnceOfOneKey_HaveOneEffectAndOneAnswer()
    {
        await using var host = await PushHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.PushedAsync("morning", $"[{Waiting}]")));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Single((await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("application/json", "[", "found text that is none")]
    [InlineData("application/json", "[]", "found none")]
    [InlineData("application/json", """[{"metric":"a","metric":"b"}]""", "found text that is none")]
    [InlineData("application/json", """{"metric":"a"}""", "Expected a JSON array of rows, as application/json says; found a JSON object")]
    [InlineData("application/json", "<html>", "found comma-separated text")]
    [InlineData("text/csv", "<html>", "found a page of HTML or XML")]
    [InlineData("text/csv", "", "found an empty file")]
    [InlineData("text/csv", "metric,organisation,at,value\n", "found none")]
    [InlineData("text/csv", "metric,organisation,at,value,actor\na,b,c,d,e\n", "found the column 'actor'")]
    [InlineData("text/csv", "metric,organisation,at,value,value\na,b,c,d,e\n", "found the column 'value' twice")]
    [InlineData("text/csv", "metric,organisation,value\na,b,c\n", "found no column 'at'")]
    [InlineData("text/csv", "metric,organisation,at\na,b,c\n", "found no column 'value'")]
    [InlineData("application/fhir+json", """{"resourceType":"Patient","id":"x"}""", "barred, because it may hold data about patients: ")]
    [InlineData("application/fhir+json", """{"resourceType":"Bundle","type":"collection"}""", "found none")]
    public async Task Push_BodyThatIsNotWhatItClaims_IsRefusedWhole(string mediaType, string body, string found)
    {
        await using var host = await PushHost.StartAsync();

        using var response = await host.PushAsync("key", body, mediaType);
        using var again = await host.PushAsync("key", body, mediaType);

        var problem = await response.AssertProblemAsync(422, "/problems/not-as-claimed");
        Assert.Contains(found, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(problem.GetProperty("detail").GetString(), (await again.AssertProblemAsync(422, "/problems/not-as-claimed")).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Push_DeeperOrLongerThanAllowed_IsRefusedWhole()
    {
        await using var host = await PushHost.StartAsync();

        using var deep = await host.PushAsync("deep", new string('[', 33) + new string(']', 33));
        using var many = await host.PushAsync("many", $"[{string.Join(',', Enumerable.Repeat("{}", 50_001))}]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, deep.StatusCode);
        Assert.Contains("found 50001", (await many.AssertProblemAsync(422, "/problems/not-as-claimed")).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_FiftyThousandRows_AreAllToldOf()
    {
        await using var host = await PushHost.StartAsync();
        var rows = Enumerable.Range(0, 50_000).Select(index => index % 10 == 9
            ? "{}"
            : $$"""{"metric":"utc-waiting","organisation":"SIMU{{(index % 2) + 1}}","at":"{{host.Clock.GetUtcNow().AddMinutes(-15 * (index / 2)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}","value":{{index}}}""");

        var answer = await host.PushedAsync("many", $"[{string.Join(',', rows)}]");

        Assert.Equal((45_000, 5_000), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal(Enumerable.Range(1, 50_000), answer.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("row").GetInt32()));
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    [InlineData(null, null)]
    public async Task Push_FormThatTheHubDoesNotTake_Is415(string? mediaType, string? encoding)
    {
        await using var host = await PushHost.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"[{Waiting}]"));
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await host.PushAsync("key", content);

        await response.AssertProblemAsync(415, "/problems/unsupported-media-type");
    }

    [Theory]
    [InlineData(null, "?source=sim-push", "Idempotency-Key")]
    [InlineData("", "?source=sim-push", "Idempotency-Key")]
    [InlineData("a\tb", "?source=sim-push", "Idempotency-Key")]
    [InlineData("201", "?source=sim-push", "Idempotency-Key")]
    [InlineData("key", "", "source")]
    [InlineData("key", "?source=nhs-england-ae-monthly", "source")]
    [InlineData("key", "?source=sim-push&actor=somebody", "actor")]
    public async Task Push_WithoutWhatItNeeds_IsToldSo(string? key, string query, string parameter)
    {
        await using var host = await PushHost.StartAsync();

        using var response = await host.PushAsync(key == "201" ? new string('k', 201) : key, new StringContent($"[{Waiting}]", Encoding.UTF8, "application/json"), query);

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_LongerThanItsSourceAllows_Is413(bool saysItsLength)
    {
        await using var host = await PushHost.StartAsync();
        var body = new byte[5_000_001];
        HttpContent content = saysItsLength ? new ByteArrayContent(body) : new StreamContent(new UnknownLength(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        using var response = await host.PushAsync("key", content);

        await response.AssertProblemAsync(413, "/problems/too-large");
    }

    [Fact]
    public async Task Read_BodyThatNeverEnds_Is408()
    {
        var clock = new FakeTimeProvider();
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("[ "u8.ToArray(), TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { Request = { Body = pipe.Reader.AsStream() } };

        var reading = PushBody.ReadAsync(context, maximumBytes: 1000, clock, TestContext.Current.CancellationToken);
        clock.Advance(PushBody.Deadline);

        var (_, problem) = await reading;
        Assert.Equal(StatusCodes.Status408RequestTimeout, problem!.StatusCode);
    }

    [Fact]
    public async Task Push_SentByAPageOfAnotherSite_IsForbiddenAndDoesNothing()
    {
        await using var host = await PushHost.StartAsync();
        host.Client.DefaultRequestHeaders.Add("Origin", "http://evil.example");

        using var response = await host.PushAsync("key", $"[{Waiting}]");

        await response.AssertProblemAsync(403, "/problems/forbidden");
        Assert.Empty((await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").EnumerateArray());
    }

    /// <summary>A stream that does not say how long it is, so that it is sent in chunks.</summary>
    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
