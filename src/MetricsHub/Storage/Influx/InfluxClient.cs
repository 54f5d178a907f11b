using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Writes lines and asks queries, by the two addresses that InfluxDB 1 and 2 share: <c>/write</c> and <c>/query</c>. A request that may be
/// repeated is: the same line written twice is one point.
/// </summary>
/// <param name="http">Without a time-out of its own, and without redirects.</param>
internal sealed class InfluxClient(HttpClient http, InfluxAccess access, InfluxAvailability availability, TimeProvider time)
{
    /// <summary>InfluxDB's own advice for one request.</summary>
    private const int LinesAtOnce = 5000;

    /// <summary>More than these nobody reads.</summary>
    private const int MostRefusals = 20;

    private readonly InfluxRetry retry = new(time, access.Timeout);

    public InfluxAccess Access => access;

    public InfluxAvailability Availability => availability;

    /// <summary>Returns when all lines are durable.</summary>
    /// <exception cref="InfluxLinesException">Some lines are wrong.</exception>
    /// <exception cref="InfluxException">InfluxDB refuses.</exception>
    /// <exception cref="InfluxAwayException">InfluxDB does not answer; the lines may have been written.</exception>
    public async Task WriteAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var refused = new List<(int Index, string Reason)>();
        for (var start = 0; start < lines.Count; start += LinesAtOnce)
        {
            await WriteAsync(lines, start, Math.Min(LinesAtOnce, lines.Count - start), refused, cancellationToken);
        }

        if (refused.Count > 0)
        {
            throw new InfluxLinesException(refused);
        }
    }

    /// <exception cref="InfluxException">InfluxDB refuses, or could not answer.</exception>
    /// <exception cref="InfluxAwayException">InfluxDB does not answer.</exception>
    public async IAsyncEnumerable<InfluxTable> QueryAsync(InfluxQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => Post(query), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.Verdict != InfluxVerdict.Done)
        {
            throw new InfluxException($"InfluxDB refused a query ({response.Explanation}).");
        }

        await foreach (var piece in ReadPiecesAsync(response, cancellationToken))
        {
            using (piece)
            {
                foreach (var table in InfluxTable.Read(piece.RootElement))
                {
                    yield return table;
                }
            }
        }
    }

    /// <summary>Asks the server who it is; tries once, whatever happened before.</summary>
    /// <exception cref="InfluxAwayException">It does not answer.</exception>
    public async Task<InfluxServerAnswer> PingAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(access.Address, "/ping"));
        using var response = await retry.TryAsync(Send(() => request, HttpCompletionOption.ResponseContentRead), cancellationToken);
        return response.Response is { } answer
            ? new InfluxServerAnswer(Header(answer, "X-Influxdb-Version"), answer.Headers.Date)
            : throw Away(response);
    }

    private async Task WriteAsync(IReadOnlyList<string> lines, int start, int count, List<(int Index, string Reason)> refused, CancellationToken cancellationToken)
    {
        var body = LineProtocol.Pack(lines, start, count);
        using var response = await SendAsync(() => Post(body), HttpCompletionOption.ResponseContentRead, cancellationToken);
        switch (response.Verdict)
        {
            case InfluxVerdict.Done:
                return;
            case InfluxVerdict.TooMuch or InfluxVerdict.WrongLines when count > 1:
                // Which line is at fault the answer does not say in a way that could be relied on: the halves do. Some versions kept the
                // others and some did not; written again they are the same points.
                await WriteAsync(lines, start, count / 2, refused, cancellationToken);
                if (refused.Count < MostRefusals)
                {
                    await WriteAsync(lines, start + (count / 2), count - (count / 2), refused, cancellationToken);
                }

                return;
            case InfluxVerdict.TooMuch or InfluxVerdict.WrongLines:
                refused.Add((start, response.Explanation));
                return;
            default:
                throw new InfluxException($"InfluxDB refused a write ({response.Explanation}).");
        }
    }

    private async Task<InfluxResponse> SendAsync(Func<HttpRequestMessage> make, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        availability.Check();
        var response = await retry.UntilAnsweredAsync(Send(make, completion), cancellationToken);
        if (response.Verdict == InfluxVerdict.Later)
        {
            using (response)
            {
                throw Away(response);
            }
        }

        if (response.Verdict == InfluxVerdict.Refused)
        {
            // A right that was taken away, a database that is gone: nothing can be stored until somebody mends it.
            availability.Failed(response.Explanation);
        }
        else
        {
            availability.Answered();
        }

        return response;
    }

    private Func<CancellationToken, Task<HttpResponseMessage>> Send(Func<HttpRequestMessage> make, HttpCompletionOption completion) => async cancellationToken =>
    {
        using var request = make();
        request.Headers.Authorization = access.Authorization;
        return await http.SendAsync(request, completion, cancellationToken);
    };

    private InfluxAwayException Away(InfluxResponse response)
    {
        availability.Failed(response.Explanation);
        return new InfluxAwayException($"{access} does not answer ({response.Explanation}).", response.Failure);
    }

    private HttpRequestMessage Post(byte[] body) => new(HttpMethod.Post, new Uri(access.Address, $"/write?db={Uri.EscapeDataString(access.Database)}"))
    {
        Content = new ByteArrayContent(body) { Headers = { ContentEncoding = { "gzip" } } },
    };

    // As a form, because a query by GET would be cut at the length of a line, and could be read in logs.
    private HttpRequestMessage Post(InfluxQuery query) => new(HttpMethod.Post, new Uri(access.Address, "/query"))
    {
        Headers = { { "Accept", "application/json" } },
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["db"] = access.Database,
            ["q"] = query.Text,
            ["params"] = query.Parameters,
            ["epoch"] = "ns",
            ["chunked"] = "true",
        }),
    };

    private async IAsyncEnumerable<JsonDocument> ReadPiecesAsync(InfluxResponse response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await response.Response!.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(stream);
        while (await ReadPieceAsync(reader, cancellationToken) is { } piece)
        {
            yield return piece;
        }
    }

    // Each line is a document of its own. An answer that is cut off must not read as a short one.
    private async Task<JsonDocument?> ReadPieceAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(access.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            string? line;
            do
            {
                line = await reader.ReadLineAsync(either.Token);
            }
            while (line is { Length: 0 });
            return line is null ? null : JsonDocument.Parse(line);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            availability.Failed(exception.Message);
            throw new InfluxAwayException($"{access} broke off an answer: {exception.Message}", exception);
        }
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>What a server says of itself.</summary>
/// <param name="Version">Null where it is no InfluxDB, or hides it.</param>
/// <param name="Clock">Its clock, to the second.</param>
internal sealed record InfluxServerAnswer(string? Version, DateTimeOffset? Clock);
