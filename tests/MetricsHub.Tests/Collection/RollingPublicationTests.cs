using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>Archives of appointments overlap: each holds thirty months, and whichever arrives first, the one that reaches further counts.</summary>
public sealed class RollingPublicationTests
{
    private const string Header = "SUB_ICB_LOCATION_CODE,Appointment_Date,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS\n";

    private static readonly SourceKey Source = new("nhs-england-gp-appointments-daily");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Apr_24.csv", "Mar_24.csv")] // As the alphabet has it: April before March.
    [InlineData("b.csv", "a.csv")]
    public async Task Collect_OverlappingPublicationsInAnyOrder_ReadsTheOneThatReachesFurther(string april, string march)
    {
        await using var hub = TestHub.Empty();
        hub.Drop(Source, april, Table("29MAR2024,Attended,GP,Telephone,Same Day,12", "02APR2024,Attended,GP,Telephone,Same Day,1"));
        hub.Drop(Source, march, Table("29MAR2024,Attended,GP,Telephone,Same Day,10"));

        await hub.Collector.CollectAsync(Source, Cancellation);

        Assert.Equal(Figure.Of(12), await hub.FigureAsync("gp-appointments", "00L", LondonCalendar.Day(new DateOnly(2024, 3, 29)), null, Cancellation));
    }

    private static byte[] Table(params string[] rows) => Encoding.UTF8.GetBytes(Header + string.Concat(rows.Select(row => $"00L,{row}\n")));
}
