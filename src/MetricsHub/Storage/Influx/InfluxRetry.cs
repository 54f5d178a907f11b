using System.Net.Http.Headers;
using System.Text.Json;

namespace MetricsHub.Storage.Influx;

/// <summary>What came of a request: an answer, or the failure to get one.</summary>
/// <param name="Explanation">For a message: status and InfluxDB's own words.</param>
internal sealed record InfluxResponse(HttpResponseMessage? Response, InfluxVerdict Verdict, string Explanation, Exception? Failure = null) : IDisposable
{
    public void Dispose() => Response?.Dispose();
}

/// <summary>Tries a request three times at most, where what came of it can change, and waits in between as the answer asks or a little longer each time.</summary>
/// <param name="timeout">For one try, and for the last moment at which another one is begun.</param>
internal sealed class InfluxRetry(TimeProvider time, TimeSpan timeout)
{
    private const int Tries = 3;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    public async Task<InfluxResponse> UntilAnsweredAsync(Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var number = 1; ; number++)
        {
            var response = await TryAsync(send, cancellationToken);
            var wait = WaitAfter(number, response.Response?.Headers.RetryAfter);
            if (response.Verdict != InfluxVerdict.Later || number == Tries || time.GetElapsedTime(began) + wait > timeout)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public async Task<InfluxResponse> TryAsync(Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var response = await send(either.Token);
            if (response.IsSuccessStatusCode)
            {
                return new InfluxResponse(response, InfluxVerdict.Done, "");
            }

            var text = await response.Content.ReadAsStringAsync(either.Token);
            return new InfluxResponse(response, InfluxAnswer.Judge(response.StatusCode, text), $"{(int)response.StatusCode} {Words(text)}");
        }
        catch (HttpRequestException exception)
        {
            return new InfluxResponse(null, InfluxVerdict.Later, exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new InfluxResponse(null, InfluxVerdict.Later, $"no answer within {timeout.TotalSeconds:0} seconds", exception);
        }
    }

    // With jitter, so that several writers do not come back all at once.
    private TimeSpan WaitAfter(int tries, RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => FirstWait * Math.Pow(2, tries - 1) * (0.8 + (0.4 * Random.Shared.NextDouble())),
    };

    /// <summary>InfluxDB 1 says why under <c>error</c>, InfluxDB 2 under <c>message</c>; what stands between may say anything.</summary>
    private static string Words(string text)
    {
        const int most = 500;
        try
        {
            using var answer = JsonDocument.Parse(text);
            foreach (var name in new[] { "error", "message" })
            {
                if (answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty(name, out var words))
                {
                    text = words.ToString();
                }
            }
        }
        catch (JsonException)
        {
            // Not an answer of InfluxDB's own: it is shown as it is.
        }

        return text.Length <= most ? text : text[..most];
    }
}
