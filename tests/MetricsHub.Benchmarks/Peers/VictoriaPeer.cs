using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>
/// VictoriaMetrics by itself: the same lines as InfluxDB's to <c>/write</c>, MetricsQL without its cache of answers, since that moves the
/// edges of steps. Its settings are its own, but for ten years of retention. It acknowledges what is in its memory.
/// </summary>
internal sealed class VictoriaPeer(PeerProcess victoria) : Peer("VictoriaMetrics 1.79.5", victoria)
{
    public override long Disk => Server.SizeOf("data");

    public override Percentile Percentile => Percentile.Interpolated;

    public static async Task<VictoriaPeer> StartAsync(string folder, CancellationToken cancellationToken) => new(await PeerProcess.StartAsync(
        "victoria-metrics",
        address => [$"-httpListenAddr={address.Authority}", $"-storageDataPath={Path.Combine(folder, "data")}", "-retentionPeriod=10y", "-loggerLevel=WARN"],
        folder, "/health", cancellationToken));

    public override byte[] BodyOf(Points points, Slice slice) => points.Lines(slice);

    public override async Task PostAsync(byte[] body, string key, int connection, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await Http.PostAsync("/write?precision=s", content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw Refused("a write", answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
    }

    public override Answer Read(Question question, IReadOnlyList<byte[]> parts)
    {
        var answer = new Answer(question);
        using var document = JsonDocument.Parse(parts.Single());
        foreach (var series in document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var labels = series.GetProperty("metric");
            var key = new SeriesKey(new MetricKey(labels.GetProperty("m").GetString()!), new OrganisationCode(labels.GetProperty("s").GetString()!));
            if (series.TryGetProperty("value", out var one))
            {
                answer.Enter(key, question.From, NumberOf(one));
                continue;
            }

            foreach (var row in series.GetProperty("values").EnumerateArray())
            {
                var at = DateTimeOffset.FromUnixTimeSeconds((long)row[0].GetDouble());

                // A step is asked for at its last second.
                answer.Enter(key, question.Working == Working.None ? at : at - question.Step + TimeSpan.FromSeconds(1), NumberOf(row));
            }
        }

        return answer;
    }

    protected override IEnumerable<string> PathsOf(Question question)
    {
        var (first, last) = (question.Keys.First(), question.Keys.Last());
        var which = "obs_v" + question.Series switch
        {
            1 => $"{{m=\"{first.Metric}\",s=\"{first.Organisation}\"}}",
            _ when first.Organisation == last.Organisation => $"{{s=\"{first.Organisation}\"}}",
            _ => "",
        };
        var days = question.Days.ToString(CultureInfo.InvariantCulture);
        var end = question.To.ToUnixTimeSeconds() - 1;
        yield return question.Working switch
        {
            Working.Latest => Instant($"last_over_time({which}[1d])", end),
            Working.None => Instant($"{which}[{days}d]", end),
            Working.Percentile95 => Instant($"quantile_over_time(0.95, {which}[{days}d])", end),
            Working.DailyMean => Range($"avg_over_time({which}[1d])", question),
            _ => Range($"avg_over_time({which}[1h])", question),
        };
    }

    /// <summary>What arrived in the last seconds is not yet among what can be asked for.</summary>
    protected override async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var answer = await Http.GetAsync("/internal/force_flush", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static string Instant(string query, long at) => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/query?nocache=1&query={Uri.EscapeDataString(query)}&time={at}");

    private static string Range(string query, Question question) => string.Create(
        CultureInfo.InvariantCulture,
        $"/api/v1/query_range?nocache=1&query={Uri.EscapeDataString(query)}&start={question.From.ToUnixTimeSeconds() + (long)question.Step.TotalSeconds - 1}")
        + string.Create(CultureInfo.InvariantCulture, $"&end={question.To.ToUnixTimeSeconds() - 1}&step={(long)question.Step.TotalSeconds}");

    private static double NumberOf(JsonElement row) => double.Parse(row[1].GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
