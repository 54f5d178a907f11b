using MetricsHub.Collection;
using MetricsHub.Sources.Locations;
using Xunit;

namespace MetricsHub.Tests.Collection;

public sealed class CollectionOptionsTests
{
    private static readonly CollectionOptionsValidator Validator = new();

    [Fact]
    public void Validate_Defaults_Pass()
    {
        Assert.True(Validator.Validate(null, new CollectionOptions()).Succeeded);
        Assert.Equal(new BreakerLimits(5, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)), new CollectionOptions().ToBreakerLimits());
    }

    [Fact]
    public void Validate_OutOfRange_NamesEveryFault()
    {
        var result = Validator.Validate(null, new CollectionOptions { FailuresBeforePause = 0, ShortestPause = TimeSpan.Zero, LongestPause = TimeSpan.FromDays(2) });

        Assert.Equal(3, result.Failures!.Count());
        Assert.All(["FailuresBeforePause", "ShortestPause", "LongestPause"], name => Assert.Contains(name, result.FailureMessage, StringComparison.Ordinal));
    }
}
