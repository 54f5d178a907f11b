using System.Text;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Tests.Sources.NhsEngland.UecSitrep;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>A revision in which a cell cannot be read: the number of the release before must not go on standing for it.</summary>
public sealed class RefusedRevisionTests
{
    private const string DentalHeader =
        "YEAR_MONTH,COMMISSIONER_CODE,CONTRACT_NUMBER,PROVIDER_NAME,LATEST_PPC_ADDRESS_POSTCODE,UDA_PERF_TARGET,UDA_DELIVERED,BAND_URGENT_DELIVERED,ADULT_24M_COUNT,CHILD_12M_COUNT\n";

    private static readonly SourceKey Sitrep = new("nhs-england-uec-daily-sitrep");
    private static readonly SourceKey Dental = new("nhsbsa-dental-activity");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_WorkbookRevisedWithABrokenCell_MakesTheLevelsInputMissingAsRejected()
    {
        var day = new DateOnly(2022, 12, 24);
        var slot = LondonCalendar.Day(day);
        await using var hub = TestHub.Empty();
        hub.Drop(Sitrep, "release.xlsx", UecSitrepWorkbooks.Daily());
        await hub.Collector.CollectAsync(Sitrep, Cancellation);
        var before = await ReadAsync(hub, "RVJ", "winter-sitrep-local", slot);
        Assert.Equal(38, before.Contributions.Single(input => input.Parameter.Indicator == "adult-critical-care-occupancy").Reading.Numerator);

        hub.Drop(Sitrep, "revision.xlsx", UecSitrepWorkbooks.Daily((code, date, column) => (code, date, column) == ("RVJ", day, "cc_occupied") ? "many" : null));
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.Collector.CollectAsync(Sitrep, Cancellation);

        var after = await ReadAsync(hub, "RVJ", "winter-sitrep-local", slot);
        AssertRejected(after, "adult-critical-care-occupancy");
        Assert.Equal(before.Contributions.Count - 1, after.Contributions.Count);
        Assert.True(after.ObservablePercent < before.ObservablePercent);
        Assert.Equal(Figure.Of(46), await hub.FigureAsync("adult-critical-care-beds-open", "RVJ", slot, null, Cancellation));
    }

    [Fact]
    public async Task Collect_SumRevisedWithABrokenPart_MakesTheLevelsInputMissingAsRejected()
    {
        var month = LondonCalendar.Month(2026, 1);
        await using var hub = TestHub.Empty(catalogue =>
            catalogue.Replace("frameworks/access-published-monthly.yaml", "indicator: virtual-ward-occupancy", "indicator: dental-uda-pace"));
        hub.Drop(Dental, "release.csv", Activity("7"));
        await hub.Collector.CollectAsync(Dental, Cancellation);
        var before = await ReadAsync(hub, "QUY", "access-published-monthly", month);
        Assert.Equal((17, 1200), Sums(before.Contributions.Single(input => input.Parameter.Indicator == "dental-uda-pace").Reading));

        hub.Drop(Dental, "revision.csv", Activity("n/a"));
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.Collector.CollectAsync(Dental, Cancellation);

        // The other contract's ten are no sum of both.
        AssertRejected(await ReadAsync(hub, "QUY", "access-published-monthly", month), "dental-uda-pace");
        Assert.Equal(Figure.Of(1200), await hub.FigureAsync("dental-uda-annual-target", "QUY", month, null, Cancellation));
        Assert.Equal(
            Figure.Of(17), await hub.FigureAsync("dental-uda-delivered", "QUY", month, hub.Clock.GetUtcNow().AddMinutes(-1), Cancellation));
    }

    private static byte[] Activity(string delivered) =>
        Encoding.UTF8.GetBytes(DentalHeader + $"202601,QUY,1,,,1000,10,2,10,5\n202601,QUY,2,,,200,{delivered},1,20,6\n");

    private static (double Numerator, double Denominator) Sums(Domain.Indicators.IndicatorReading reading) => (reading.Numerator, reading.Denominator);

    private static void AssertRejected(EscalationReading reading, string indicator)
    {
        Assert.DoesNotContain(reading.Contributions, input => input.Parameter.Indicator == indicator);
        Assert.Equal(AbsenceCode.Rejected, reading.Missing.Single(input => input.Indicator.Key == indicator).Value.Absence);
    }

    private static async Task<EscalationReading> ReadAsync(TestHub hub, string organisation, string framework, Period slot) =>
        (await hub.Escalation.ReadAsync(hub.Catalogue.Organisations.Find(new OrganisationCode(organisation))!, slot.End, null, Cancellation))
            .Single(found => found.Reading.Framework.Key == framework).Reading;
}
