namespace MetricsHub.IntegrationTests.Influx;

/// <summary>A way to InfluxDB that breaks at a certain request, and stays broken until it is mended.</summary>
internal sealed class BreakingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private int breaksAt = int.MaxValue;
    private bool answerIsLost;

    public int Requests { get; private set; }

    /// <summary>Lets so many requests through; of the next one the request is lost, or the answer.</summary>
    public void BreakAfter(int requests, bool losesAnswer) => (breaksAt, answerIsLost) = (Requests + requests, losesAnswer);

    public void Mend() => breaksAt = int.MaxValue;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Requests++;
        if (number == breaksAt && answerIsLost)
        {
            using var lost = await base.SendAsync(request, cancellationToken);
            throw new HttpRequestException("The answer was lost.");
        }

        return number >= breaksAt
            ? throw new HttpRequestException("The connection was refused.")
            : await base.SendAsync(request, cancellationToken);
    }
}
