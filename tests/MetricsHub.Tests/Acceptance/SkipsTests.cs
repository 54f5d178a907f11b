using MetricsHub.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>Nothing is left out without a reason, and no reason outlives what it was for.</summary>
public sealed class SkipsTests
{
    private static readonly Func<SourceDefinition, Skip?>[] Asked = [Skips.OfFigures, Skips.OfFutureState, Skips.OfServerFaults, Skips.OfFolderFaults, Skips.OfColumns, Skips.OfFiles];

    [Fact]
    public void Reasons_OfSkips_AreWrittenAndUsed()
    {
        var used = AcceptedSources.Catalogue.Sources.Values.SelectMany(source => Asked.Select(ask => ask(source))).OfType<Skip>().ToHashSet();

        Assert.Equal(Enum.GetValues<Skip>().Order(), used.Order());
        Assert.Equal(Enum.GetValues<Skip>().Order(), Skips.Reasons.Keys.Order());
        Assert.All(Skips.Reasons.Values, reason => Assert.EndsWith(".", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Sources_OfTheCatalogue_AreAllHeldToFaultsOfAtLeastOneWay() =>
        Assert.All(AcceptedSources.Catalogue.Sources.Values, source =>
            Assert.True(source.TakesPushes || Skips.OfServerFaults(source) is null || Skips.OfFolderFaults(source) is null, $"{source.Key} has no way in."));

    [Fact]
    public void Files_OfTheCatalogue_AreItsSources() =>
        Assert.Equal(
            AcceptedSources.Catalogue.Sources.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal),
            AcceptedSources.Keys.Select(row => row.Data).Order(StringComparer.Ordinal));
}
