using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>A source's clean publication: collected, of the form that the catalogue says, and read the same however often.</summary>
public sealed class SampleTests(AcceptanceHub hub) : IClassFixture<AcceptanceHub>
{
    public static TheoryData<string> Sources => AcceptedSources.Keys;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Sample_Collected_IsStoredAndStatesSomething(string key)
    {
        var source = hub.Find(key);
        var sample = await SourceSample.OfAsync(source);

        var receipt = await Delivery.For(hub, source).DeliverAsync(sample.FileName, sample.Bytes);

        Assert.True(receipt.Succeeded, receipt.Message);
        Assert.Equal(1, receipt.Stored);
        var publication = await hub.NewestAsync(source.Key);
        Assert.Equal(PublicationState.Stored, publication.State);
        Assert.True(publication.Tally.Balances);
        if (Skips.OfFigures(source) is not null)
        {
            Assert.True(AcceptedSources.ParserOf(source).Parse(sample.Content).Facts.Count > 0);
            return;
        }

        Assert.True(publication.Tally.Observations > 0);
        Assert.Equal(publication.Tally.Observations, await hub.CountAsync(source, publication.Id));
        if (!source.TakesPushes)
        {
            Assert.NotEqual("failing", await hub.WordAsync(source.Key));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Sample_Read_IsOfTheFormThatTheCatalogueSays(string key)
    {
        var source = hub.Find(key);
        var parsed = await hub.ReadAsync(source, (await SourceSample.OfAsync(source)).Content);
        var metrics = hub.Catalogue.MetricsOf(source.Key).ToDictionary(metric => metric.Key);

        Assert.True(parsed.Tally.Balances);
        Assert.All(parsed.Rejections, rejection => Assert.True(rejection.Row >= 1 && rejection.Reason.Length > 0));
        Assert.Equal(parsed.Statements.Count, parsed.Statements.DistinctBy(statement => (statement.Series, statement.Period)).Count());
        Assert.All(parsed.Statements, statement =>
        {
            var metric = Assert.Contains(statement.Series.Metric, (IReadOnlyDictionary<MetricKey, Metric>)metrics);
            Assert.Equal(metric.Cadence.PeriodHolding(statement.Period.Start), statement.Period);
            Assert.True(statement.Row >= 1, $"row {statement.Row}");
            Assert.True(OrganisationCode.TryParse(statement.Series.Organisation.ToString(), out _), $"{statement.Series.Organisation}");
            Assert.Equal(source.Simulated, hub.Catalogue.IsSimulated(statement.Series.Organisation));
            if (statement.Figure.TryGetNumber(out var number))
            {
                var rule = hub.Catalogue.Checks.Values[metric.Key];
                Assert.True(double.IsFinite(number));
                Assert.True(rule.Plausible is null || rule.Plausible.Contains(number), $"{statement.Series}: {number} is outside {rule.Plausible}");
                Assert.True(!rule.Whole || double.IsInteger(number), $"{statement.Series}: {number} is not whole");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Sample_ReadAgainAndAtOnce_SaysTheSameInTheSameOrder(string key)
    {
        var source = hub.Find(key);
        var content = (await SourceSample.OfAsync(source)).Content;
        var parser = AcceptedSources.ParserOf(source);
        var before = content.Bytes.ToArray();

        var readings = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => parser.Parse(content), AcceptanceHub.Cancellation)));
        var other = AcceptedSources.ParserOf(source).Parse(content);

        Assert.All(readings, reading => AssertSame(other, reading));
        Assert.Equal(before, content.Bytes.ToArray());
    }

    private static void AssertSame(ParsedPublication expected, ParsedPublication actual)
    {
        Assert.Equal(expected.Statements, actual.Statements);
        Assert.Equal(expected.Rejections, actual.Rejections);
        Assert.Equal(expected.Tally, actual.Tally);
        Assert.Equal(expected.PublishedAt, actual.PublishedAt);
        Assert.Equal(expected.Facts.BankHolidays, actual.Facts.BankHolidays);
        Assert.Equal(expected.Facts.Organisations, actual.Facts.Organisations);
        Assert.Equal(expected.Facts.Successions, actual.Facts.Successions);
    }
}
