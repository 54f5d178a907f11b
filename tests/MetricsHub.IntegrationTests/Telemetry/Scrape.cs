using System.Text.RegularExpressions;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>What a hub answers at <c>/metrics</c>.</summary>
internal sealed partial record Scrape(string Text, IReadOnlyDictionary<string, double> Samples)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public IEnumerable<string> Names => Samples.Keys.Select(key => key.Split('{')[0]).Distinct();

    /// <summary>Every label of every sample, by name.</summary>
    public ILookup<string, string> Labels => Samples.Keys.SelectMany(key => Label().Matches(key)).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value);

    public double? Of(string sample) => Samples.TryGetValue(sample, out var value) ? value : null;

    public static async Task<Scrape> OfAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        var text = await hub.Http.GetStringAsync("/metrics", cancellationToken);
        return new Scrape(text, text.Split('\n').Select(line => Sample().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Waits until what the hub tells fulfils a condition.</summary>
    public static async Task<Scrape> UntilAsync(HubProcess hub, Func<Scrape, bool> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var scrape = await OfAsync(hub, cancellationToken);
            if (condition(scrape))
            {
                return scrape;
            }

            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"What was waited for did not come. The metrics said:{Environment.NewLine}{scrape.Text}{hub.Output}", exception);
            }
        }
    }

    [GeneratedRegex("""^([a-z_:]+(?:\{[^}]*\})?) (\S+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-zA-Z_]+)="([^"]*)""")]
    private static partial Regex Label();
}
