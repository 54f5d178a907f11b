using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using MetricsHub.Tests.Storage;
using Xunit;

namespace MetricsHub.IntegrationTests.Influx;

/// <summary>The contract that every observation store is held to, on a real InfluxDB.</summary>
public sealed class InfluxObservationStoreTests(InfluxFixture influx) : ObservationStoreContract, IClassFixture<InfluxFixture>, IDisposable
{
    private InfluxAccess? access;
    private InfluxObservationStore? store;

    public void Dispose() => store?.Dispose();

    private protected override IObservationStore OpenNew()
    {
        access = influx.NewDatabase();
        return Reopen();
    }

    private protected override IObservationStore Reopen()
    {
        store?.Dispose();
        return store = influx.Store(access!, Time);
    }
}
