using MetricsHub.Domain.Escalation;
using MetricsHub.Escalation;
using MetricsHub.Tests.Escalation;
using Xunit;

namespace MetricsHub.Tests.Telemetry;

public sealed class EvaluationMeterTests
{
    [Fact]
    public void Stored_Readings_AreCountedByWhetherTheyGiveALevelAndHowSureItIs()
    {
        using var factory = new TestMeters();
        using var meters = new MeterReader(factory);
        var meter = new EvaluationMeter(factory);
        var framework = EvaluatedSystem.Catalogue.Frameworks[0];

        meter.Stored(framework, [Level(0, 1, 4), Level(2, 2, 2), Level(2, 1, 3), Level(3, 3, 3)]);

        var name = $"metricshub.readings {framework.Key} {framework.Version}";
        Assert.Equal(1, meters.Counted($"{name} not-given"));
        Assert.Equal(1, meters.Counted($"{name} uncertain"));
        Assert.Equal(2, meters.Counted($"{name} certain"));
    }

    private static ShownOutcome Level(byte level, byte lowest, byte highest) =>
        new(DateTimeOffset.UnixEpoch, new SlotOutcome(level == 0 ? NoLevel.TooFewPoints : NoLevel.None, level, lowest, highest, 3, 3, 0, 0, 0, 1, 2), default);
}
