using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class LowSampleRuleTests
{
    private static readonly LowSampleRule Rule = new(new TimeOnly(6, 0), Provenance.Inferred, "test");

    [Theory]
    [InlineData("2026-01-10T00:15:00Z", true)]
    [InlineData("2026-01-10T05:45:00Z", true)]
    [InlineData("2026-01-10T06:00:00Z", false)]
    [InlineData("2026-01-10T00:00:00Z", false)]
    [InlineData("2026-07-10T04:45:00Z", true)]
    [InlineData("2026-07-10T05:00:00Z", false)]
    [InlineData("2026-07-09T23:00:00Z", false)]
    [InlineData("2026-07-09T23:15:00Z", true)]
    public void Marks_SlotEnd_GoesByTheClockOfLondon(string end, bool marked) =>
        Assert.Equal(marked, Rule.Marks(DateTimeOffset.Parse(end, null)));
}
