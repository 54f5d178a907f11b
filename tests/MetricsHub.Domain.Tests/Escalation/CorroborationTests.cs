using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class CorroborationTests
{
    [Fact]
    public void FindCarriers_TwoInputsAreEnough_SaysWhichOneAloneCarriesTheLevel()
    {
        var levels = Frameworks.Shares with { Levels = [.. Frameworks.Of(ScoringMode.PercentOfAvailable, Rounding.None, [], ["[0, 25)", "[25, 50)", "[50, 75)", "[75, 100]"]).Levels] };

        var carriers = Corroboration.FindCarriers(levels, Frameworks.DomainOf).ToList();

        Assert.Equal(8, carriers.Count);
        Assert.Equal(
            "the parameter 'p0' alone can carry level 3: 3 of 6 points where all that is there beside it is p1",
            carriers[0].ToString());
    }

    [Fact]
    public void Carrier_InAnyCompany_IsSaidWithIt()
    {
        Assert.EndsWith("beside it is nothing", new Carrier("p0", false, 3, 3, 3, []).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("beside it is p1, p2", new Carrier("p0", false, 3, 3, 9, ["p1", "p2"]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FindCarriers_CutAboveWhatOneReaches_FindsNone() =>
        Assert.Empty(Corroboration.FindCarriers(Frameworks.Shares, Frameworks.DomainOf));

    [Fact]
    public void FindCarriers_OneDomainOfTwoParameters_IsRefusedUnlessNational()
    {
        var framework = Frameworks.Shares with
        {
            Parameters =
            [
                Frameworks.Parameter("ed-a", "(-inf, 0]=0 (0, +inf)=3"), Frameworks.Parameter("ed-b", "(-inf, 0]=0 (0, +inf)=3"),
                Frameworks.Parameter("gp-a", "(-inf, 0]=0 (0, +inf)=3"), Frameworks.Parameter("utc-a", "(-inf, 0]=0 (0, +inf)=3"),
            ],
        };

        var carrier = Assert.Single(Corroboration.FindCarriers(framework, Frameworks.DomainOf));

        Assert.Equal(
            "the service domain 'ed' alone can carry level 3: 6 of 9 points where all that is there beside it is gp-a", carrier.ToString());
        Assert.Empty(Corroboration.FindCarriers(framework with { National = true }, Frameworks.DomainOf));
    }
}
