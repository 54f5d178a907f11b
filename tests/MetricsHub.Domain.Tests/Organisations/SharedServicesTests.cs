using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Organisations;

public sealed class SharedServicesTests
{
    private static readonly DateOnly Merger = new(2026, 4, 1);

    private static readonly SharedServices Services = new(
    [
        Serves("111AI9", "QNX", null, Merger),
        Serves("111AI9", "QKS", null, null),
        Serves("111AI9", "S9B9J", Merger, null),
        Serves("RYD", "QKS", null, null),
    ]);

    [Fact]
    public void ServedOn_EitherSideOfAMerger_GivesTheSystemsOfTheDay()
    {
        Assert.Equal(["QKS", "QNX"], Services.ServedOn(new OrganisationCode("111AI9"), Merger.AddDays(-1)).Select(relation => relation.System.ToString()));
        Assert.Equal(["QKS", "S9B9J"], Services.ServedOn(new OrganisationCode("111AI9"), Merger).Select(relation => relation.System.ToString()));
    }

    [Fact]
    public void ServingOn_SystemServedBySeveral_GivesAll()
    {
        Assert.Equal(["111AI9", "RYD"], Services.ServingOn(new OrganisationCode("QKS"), Merger).Select(relation => relation.Provider.ToString()));
        Assert.Empty(Services.ServingOn(new OrganisationCode("QUY"), Merger));
    }

    private static ServiceRelation Serves(string provider, string system, DateOnly? from, DateOnly? to) =>
        new(new OrganisationCode(provider), new OrganisationCode(system), "nhs-111", new DateSpan(from, to), Basis.Quoted, "test", null);
}
