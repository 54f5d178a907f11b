using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>
/// InfluxDB 1 by itself: lines of 10,000 points to <c>/write</c>, InfluxQL to <c>/query</c>. Its settings are its own, but for loopback, no
/// monitoring of itself and no log of requests.
/// </summary>
internal sealed class InfluxPeer(PeerProcess influx) : Peer("InfluxDB 1.6.7", influx)
{
    public const string Database = "peers";

    public override long Disk => DiskOf(Server);

    public override Percentile Percentile => Percentile.RoundedRank;

    /// <summary>Starts an influxd with an empty database.</summary>
    /// <param name="shards">How long a shard of it is, in InfluxQL; null for its own choice.</param>
    public static async Task<PeerProcess> StartServerAsync(string folder, string? shards, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(folder, "influxdb.conf");
        var influx = await PeerProcess.StartAsync(
            "influxd",
            address =>
            {
                File.WriteAllText(configuration, ConfigurationOf(folder, address));
                return ["-config", configuration];
            },
            folder, "/ping", cancellationToken);
        using var http = new HttpClient { BaseAddress = influx.Address };
        using var form = new FormUrlEncodedContent([new("q", $"CREATE DATABASE {Database}{(shards is null ? "" : $" WITH SHARD DURATION {shards}")}")]);
        using var answer = await http.PostAsync("/query", form, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return influx;
    }

    public static long DiskOf(PeerProcess influx) => influx.SizeOf("data") + influx.SizeOf("wal");

    public override byte[] BodyOf(Points points, Slice slice) => points.Lines(slice);

    public override async Task PostAsync(byte[] body, string key, int connection, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await Http.PostAsync($"/write?db={Database}&precision=s", content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw Refused("a write", answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
    }

    public override Answer Read(Question question, IReadOnlyList<byte[]> parts)
    {
        var answer = new Answer(question);
        using var document = JsonDocument.Parse(parts.Single());
        foreach (var series in document.RootElement.GetProperty("results")[0].GetProperty("series").EnumerateArray())
        {
            var key = series.TryGetProperty("tags", out var tags)
                ? new SeriesKey(
                    new MetricKey(tags.GetProperty("m").GetString()!),
                    tags.TryGetProperty("s", out var site) ? new OrganisationCode(site.GetString()!) : question.Keys.First().Organisation)
                : question.Keys.Single();
            foreach (var row in series.GetProperty("values").EnumerateArray())
            {
                var at = question.Working is Working.Latest or Working.Percentile95 ? question.From : DateTimeOffset.FromUnixTimeSeconds(row[0].GetInt64());
                answer.Enter(key, at, row[1].GetDouble());
            }
        }

        return answer;
    }

    protected override IEnumerable<string> PathsOf(Question question)
    {
        var (first, last) = (question.Keys.First(), question.Keys.Last());
        var which = question.Series switch
        {
            1 => $"m = '{first.Metric}' AND s = '{first.Organisation}' AND ",
            _ when first.Organisation == last.Organisation => $"s = '{first.Organisation}' AND ",
            _ => "",
        };
        string[] groups =
        [
            .. question.Working switch { Working.DailyMean => (string[])["time(1d)"], Working.HourlyMean => ["time(1h)"], _ => [] },
            .. question.Series > 1 ? (string[])["m"] : [],
            .. which.Length == 0 ? (string[])["s"] : [],
        ];
        var what = question.Working switch
        {
            Working.Latest => "last(v)",
            Working.Percentile95 => "percentile(v, 95)",
            Working.None => "v",
            _ => "mean(v)",
        };
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {what} FROM obs WHERE {which}time >= {question.From.ToUnixTimeSeconds()}s AND time < {question.To.ToUnixTimeSeconds()}s")
            + (groups.Length == 0 ? "" : $" GROUP BY {string.Join(", ", groups)}");
        yield return $"/query?db={Database}&epoch=s&q={Uri.EscapeDataString(query)}";
    }

    private static string ConfigurationOf(string folder, Uri address) =>
        $"""
        reporting-disabled = true
        bind-address = "127.0.0.1:{PeerProcess.FreePort().ToString(CultureInfo.InvariantCulture)}"
        [meta]
          dir = "{folder}/meta"
        [data]
          dir = "{folder}/data"
          wal-dir = "{folder}/wal"
          query-log-enabled = false
        [monitor]
          store-enabled = false
        [http]
          bind-address = "{address.Authority}"
          log-enabled = false
        [logging]
          level = "warn"
        """;
}
