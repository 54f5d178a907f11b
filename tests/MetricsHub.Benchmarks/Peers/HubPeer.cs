using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>
/// MetricsHub through its own HTTP: rows in CSV are pushed to two sources, one for each connection, since a source takes in one push after
/// another; answers are asked for as CSV, in as many requests as the limit of 100,000 rows makes of them.
/// </summary>
internal sealed class HubPeer : Peer
{
    private const int MostRows = 100_000;
    private const int BundledFiles = 39;

    private HubPeer(string name, PeerProcess hub, PeerProcess? influx)
        : base(name, hub, influx)
    {
    }

    public override long Disk => Server.SizeOf("data") - Server.SizeOf("data/archive") + (Store is null ? 0 : InfluxPeer.DiskOf(Store));

    public override long? Archive => Server.SizeOf("data/archive");

    public override bool LondonDays => true;

    public override Percentile Percentile => Percentile.NearestRank;

    /// <param name="influx">What keeps its observations; null for its own file.</param>
    public static async Task<HubPeer> StartAsync(string name, Points points, string folder, PeerProcess? influx, CancellationToken cancellationToken)
    {
        PeerCatalogue.Write(Path.Combine(folder, "data", "catalogue"), points);
        string[] store = influx is null ? [] : ["--Storage:Observations", "influx", "--Influx:Address", influx.Address.AbsoluteUri.TrimEnd('/'), "--Influx:Database", InfluxPeer.Database];
        var hub = await PeerProcess.StartAsync(
            "dotnet",
            address =>
            [
                Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--urls", address.AbsoluteUri, "--Storage:DataFolder", Path.Combine(folder, "data"),
                "--Simulator:Start", "false", "--Simulator:Address", "", .. store,
            ],
            folder, "/health/ready", cancellationToken);
        var peer = new HubPeer(name, hub, influx);
        await peer.WaitForBundledFilesAsync(cancellationToken);
        return peer;
    }

    /// <summary>Starts the nightly job that sorts and rolls up closed months; it is done when the hub has settled.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("jobs[]", "housekeeping")]);
        using var answer = await Http.PostAsync("/jobs/recurring/trigger", form, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw Refused("the request to compact", answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
    }

    public override byte[] BodyOf(Points points, Slice slice) => points.Csv(slice);

    public override async Task PostAsync(byte[] body, string key, int connection, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/observations?source={PeerCatalogue.SourceOf(connection)}");
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await Http.SendAsync(request, cancellationToken);
        var said = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode || said.AsSpan().IndexOf("\"rejected\":0,"u8) < 0)
        {
            throw Refused("a push", answer, said);
        }
    }

    public override Answer Read(Question question, IReadOnlyList<byte[]> parts)
    {
        var answer = new Answer(question);
        var figures = new Dictionary<SeriesKey, List<double>>();
        foreach (var part in parts)
        {
            foreach (var line in Encoding.UTF8.GetString(part).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                var cells = line.TrimEnd('\r').Split(',');
                var series = new SeriesKey(new MetricKey(cells[0]), new OrganisationCode(cells[1]));
                var number = double.Parse(cells[question.Working is Working.DailyMean or Working.HourlyMean ? 5 : 4], CultureInfo.InvariantCulture);
                switch (question.Working)
                {
                    case Working.Latest:
                        answer.Enter(series, question.From, number);
                        break;
                    case Working.Percentile95:
                        (figures.TryGetValue(series, out var known) ? known : figures[series] = []).Add(number);
                        break;
                    default:
                        answer.Enter(series, DateTimeOffset.Parse(cells[2], CultureInfo.InvariantCulture), number);
                        break;
                }
            }
        }

        foreach (var (series, numbers) in figures)
        {
            answer.Enter(series, question.From, Answer.Of(Percentile, [.. numbers]));
        }

        return answer;
    }

    protected override IEnumerable<string> PathsOf(Question question)
    {
        var series = $"metric={Words(question.Keys.Select(key => key.Metric))}&organisation={Words(question.Keys.Select(key => key.Organisation))}";
        if (question.Working == Working.Latest)
        {
            yield return $"/api/v1/observations/latest.csv?{series}";
            yield break;
        }

        var step = question.Working switch
        {
            Working.DailyMean => "&step=day&aggregate=mean",
            Working.HourlyMean => "&step=hour&aggregate=mean",
            _ => "",
        };
        var rowsADay = question.Series * (question.Working switch { Working.DailyMean => 1, Working.HourlyMean => 24, _ => Points.TicksADay });
        var days = MostRows / rowsADay;
        for (var from = question.From; from < question.To; from = from.AddDays(days))
        {
            var to = from.AddDays(days) < question.To ? from.AddDays(days) : question.To;
            yield return $"/api/v1/observations.csv?{series}&from={Instant(from)}&to={Instant(to)}{step}";
        }
    }

    /// <summary>A caller with a cookie may be somebody: for them the hub makes every answer anew, and keeps none.</summary>
    protected override void Prepare(HttpRequestMessage request) => request.Headers.Add("Cookie", "benchmark=1");

    private async Task WaitForBundledFilesAsync(CancellationToken cancellationToken)
    {
        while (Split(await Http.GetStringAsync("/api/v1/publications?limit=1000", cancellationToken)) < BundledFiles)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }

        static int Split(string answer) => answer.Split("\"state\":\"stored\"").Length - 1;
    }

    private static string Words<T>(IEnumerable<T> words) => string.Join(',', words.Distinct());

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
