using System.Diagnostics.Metrics;

namespace MetricsHub.Tests;

/// <summary>Meters that only their own test hears.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> made = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        made.Add(meter);
        return meter;
    }

    public void Dispose() => made.ForEach(meter => meter.Dispose());
}
