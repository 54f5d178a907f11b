namespace MetricsHub.Benchmarks.Peers;

/// <summary>
/// One of the four that are compared: how it is filled, asked and measured. A request is timed to the last byte of its answer; what the
/// answer says is read apart from that.
/// </summary>
internal abstract class Peer(string name, PeerProcess server, PeerProcess? store = null) : IAsyncDisposable
{
    private const double Quiet = 0.05;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    public string Name => name;

    /// <summary>Processor time of all its processes.</summary>
    public TimeSpan Processor => server.Processor + (store?.Processor ?? default);

    /// <summary>The largest resident memory of all its processes so far, in bytes.</summary>
    public long PeakMemory => server.PeakMemory + (store?.PeakMemory ?? 0);

    /// <summary>What it keeps of the points so that it can answer, in bytes.</summary>
    public abstract long Disk { get; }

    /// <summary>What it keeps beside that of what was sent, in bytes; null for none.</summary>
    public virtual long? Archive => null;

    /// <summary>Whether its days are those of London rather than of UTC.</summary>
    public virtual bool LondonDays => false;

    public abstract Percentile Percentile { get; }

    protected PeerProcess Server => server;

    protected PeerProcess? Store => store;

    protected HttpClient Http { get; } = new() { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };

    public abstract byte[] BodyOf(Points points, Slice slice);

    /// <summary>Sends points, and returns when they are acknowledged.</summary>
    /// <param name="key">Names the body for a peer that takes the same one only once.</param>
    /// <param name="connection">0 or 1.</param>
    /// <exception cref="InvalidOperationException">They were not, or not all of them, accepted.</exception>
    public abstract Task PostAsync(byte[] body, string key, int connection, CancellationToken cancellationToken);

    /// <summary>Asks with as many requests as the peer needs for it, one after another.</summary>
    public async Task<List<byte[]>> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var parts = new List<byte[]>();
        foreach (var path in PathsOf(question))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            Prepare(request);
            using var answer = await Http.SendAsync(request, cancellationToken);
            parts.Add(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            if (!answer.IsSuccessStatusCode)
            {
                throw Refused(question.Name, answer, parts[^1]);
            }
        }

        return parts;
    }

    public abstract Answer Read(Question question, IReadOnlyList<byte[]> parts);

    /// <summary>Brings what was written where questions find it, and waits until the peer has nothing left to do of itself.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var quiet = 0;
        for (var waited = TimeSpan.Zero; quiet < 3 && waited < LongestWait; waited += BetweenLooks)
        {
            var before = Processor;
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
            quiet = Processor - before < BetweenLooks * Quiet ? quiet + 1 : 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }

    protected abstract IEnumerable<string> PathsOf(Question question);

    protected virtual void Prepare(HttpRequestMessage request)
    {
    }

    protected virtual Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected InvalidOperationException Refused(string what, HttpResponseMessage answer, byte[] body) =>
        new($"{Name} answers {what} with {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)))}");
}
