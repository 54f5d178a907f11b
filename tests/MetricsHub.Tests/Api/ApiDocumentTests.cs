using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MetricsHub.Api;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class ApiDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Document_AsServed_IsTheCommittedOne()
    {
        await using var host = await ApiHost.StartAsync();
        var served = JsonNode.Parse((await host.GetJsonAsync(ApiDocument.Address)).GetRawText())!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        var committed = Path.Combine(Repository.Root, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("METRICSHUB_UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(committed, served, TestContext.Current.CancellationToken);
        }

        var expected = File.Exists(committed) ? (await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") : "";
        if (expected != served)
        {
            var made = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, "openapi.json");
            await File.WriteAllTextAsync(made, served, TestContext.Current.CancellationToken);
            Assert.Fail($"The API no longer is what docs/openapi.json says. The new document is in {made}. If the change is meant, run the tests "
                + "once with METRICSHUB_UPDATE_OPENAPI=1 and commit docs/openapi.json.");
        }
    }

    [Fact]
    public async Task Document_EveryOperation_IsDescribedWithParametersAndErrors()
    {
        await using var host = await ApiHost.StartAsync();

        var document = await host.GetJsonAsync(ApiDocument.Address);

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", Operation: method.Value))).ToList();
        Assert.Equal(operations.Count, operations.Select(entry => entry.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, entry =>
        {
            Assert.False(string.IsNullOrEmpty(entry.Operation.GetProperty("summary").GetString()), entry.Name);
            var answers = entry.Operation.GetProperty("responses");
            Assert.True((answers.TryGetProperty("200", out _) || answers.TryGetProperty("202", out _)) && answers.TryGetProperty("400", out _), entry.Name);
            if (entry.Operation.TryGetProperty("parameters", out var parameters))
            {
                Assert.All(parameters.EnumerateArray(), parameter => Assert.True(parameter.TryGetProperty("description", out _), $"{entry.Name}: {parameter}"));
            }
        });
    }

    [Fact]
    public async Task Document_Push_SaysWhatItTakesAndEveryAnswer()
    {
        await using var host = await ApiHost.StartAsync();

        var push = (await host.GetJsonAsync(ApiDocument.Address)).GetProperty("paths").GetProperty("/api/v1/observations").GetProperty("post");

        Assert.Equal(["application/fhir+json", "application/json", "text/csv"], push.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(media => media.Name).Order());
        Assert.All(push.GetProperty("requestBody").GetProperty("content").EnumerateObject(), media => Assert.True(media.Value.TryGetProperty("example", out _), media.Name));
        Assert.Equal(
            ["200", "202", "400", "403", "405", "406", "408", "409", "413", "415", "422", "500", "503"],
            push.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order());
        Assert.Equal(["Idempotency-Key", "source"], push.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).Order());
        Assert.All(push.GetProperty("parameters").EnumerateArray(), parameter => Assert.True(parameter.GetProperty("required").GetBoolean()));
    }

    [Fact]
    public async Task SwaggerUi_Opened_HasAPolicyThatLetsItsOwnScriptsRun()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/swagger/index.html");

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", await response.TextAsync(), StringComparison.Ordinal);
    }
}
