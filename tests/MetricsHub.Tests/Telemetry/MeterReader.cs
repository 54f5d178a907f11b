using System.Diagnostics.Metrics;

namespace MetricsHub.Tests.Telemetry;

/// <summary>
/// Hears the meters of one hub, and of no other that runs in the same process: sums of counters, and what gauges say when they are asked.
/// </summary>
internal sealed class MeterReader : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Lock padlock = new();
    private readonly Dictionary<string, double> sums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> gauges = new(StringComparer.Ordinal);

    /// <param name="meters">The hub's own.</param>
    public MeterReader(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What was counted under a name and these values of its tags: <c>metricshub.runs sim-push failed</c>. Null where nothing was.</summary>
    public double? Counted(string key) => Find(sums, key);

    /// <summary>What the gauges say now, by the same kind of keys.</summary>
    public IReadOnlyDictionary<string, double> Ask()
    {
        lock (padlock)
        {
            gauges.Clear();
        }

        listener.RecordObservableInstruments();
        lock (padlock)
        {
            return gauges.ToDictionary();
        }
    }

    public void Dispose() => listener.Dispose();

    private double? Find(Dictionary<string, double> among, string key)
    {
        lock (padlock)
        {
            return among.TryGetValue(key, out var found) ? found : null;
        }
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Value}")]);
        lock (padlock)
        {
            if (instrument.IsObservable)
            {
                gauges[key] = value;
            }
            else
            {
                sums[key] = sums.GetValueOrDefault(key) + value;
            }
        }
    }
}
