using CsCheck;
using MetricsHub.Domain.Publications;
using Xunit;

namespace MetricsHub.Domain.Tests.Publications;

public sealed class ReleaseOrderTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 8, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Compare_DatesDiffer_DateWinsOverRevisionAndArrival() =>
        Assert.True(new ReleaseOrder(Day.AddDays(1), 0, 1) > new ReleaseOrder(Day, 3, 9));

    [Fact]
    public void Compare_NoDates_RevisionWinsOverArrival() =>
        Assert.True(new ReleaseOrder(null, 1, 1) > new ReleaseOrder(null, 0, 9));

    [Fact]
    public void Compare_NothingElseDiffers_LaterArrivalWins() =>
        Assert.True(new ReleaseOrder(null, 0, 2) > new ReleaseOrder(null, 0, 1));

    [Fact]
    public void Compare_AnyMixOfEvidence_IsATotalOrder()
    {
        var order =
            from dated in Gen.Bool
            from day in Gen.Int[0, 3]
            from revision in Gen.Int[0, 2]
            from arrival in Gen.Long[1, 4]
            select new ReleaseOrder(dated ? Day.AddDays(day) : null, revision, arrival);

        Gen.Select(order, order, order).Sample((a, b, c) =>
        {
            Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
            Assert.Equal(a.CompareTo(b) == 0, a == b);
            Assert.True(!(a <= b && b <= c) || a <= c);
        });
    }

    [Theory]
    [InlineData("December-2025-CSV.csv", 0)]
    [InlineData("Monthly-AE-December-2025-revised-g9Hy6.csv", 1)]
    [InlineData("Monthly A&E December 2025 (revised)", 1)]
    [InlineData("202404-April-2024-sitrep-data-FINAL-revised.xlsx", 1)]
    [InlineData("Statistics-Revision-3.xlsx", 3)]
    [InlineData("Statistics (revised 2)", 2)]
    [InlineData("Statistics revised 2 August", 1)]
    [InlineData("Monthly A&E (revised 12 February 2026)", 1)]
    [InlineData("statistics-revised-13.02.2026.csv", 1)]
    [InlineData("statistics_revised_9_Apr_2026.csv", 1)]
    [InlineData("Statistics-v4.csv", 4)]
    [InlineData("Monthly-AE-May-2024-v9Hy6.csv", 0)]
    [InlineData("Monthly-AE-May-2024-revised-2Hy6x.csv", 1)]
    [InlineData("Unrevised-figures.csv", 0)]
    public void RevisionMark_FromName_ReadsWhatAPersonWouldRead(string name, int revision) =>
        Assert.Equal(revision, RevisionMark.From(name, null));

    [Fact]
    public void PublicationId_SameBytes_SameIdWhateverTheName()
    {
        Assert.Equal(PublicationId.Of("abc"u8), new PublicationId("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
        Assert.Throws<FormatException>(() => new PublicationId("abc"));
    }
}
