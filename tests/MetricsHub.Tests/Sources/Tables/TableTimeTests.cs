using MetricsHub.Domain.Metrics;
using MetricsHub.Sources.Tables;
using Xunit;

namespace MetricsHub.Tests.Sources.Tables;

/// <summary>Times as feeds write them, the two nights on which the clocks change among them, and the periods that they close or lie in.</summary>
public sealed class TableTimeTests
{
    [Theory]
    [InlineData("2026-11-22T10:15:00Z", "2026-11-22T10:15:00Z")]
    [InlineData("2026-07-22T10:15:00+01:00", "2026-07-22T09:15:00Z")]
    [InlineData("2026-07-22T10:15+01:00", "2026-07-22T09:15:00Z")]
    [InlineData("2026-07-22T10:15:00.123Z", "2026-07-22T10:15:00Z")]
    [InlineData("2026-07-22 10:15", "2026-07-22T09:15:00Z")] // No offset: by the clock of the zone.
    [InlineData("2026-07-22", "2026-07-21T23:00:00Z")]
    [InlineData("2026-10-25T01:30:00+01:00", "2026-10-25T00:30:00Z")] // With an offset nothing is ambiguous.
    [InlineData("2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00Z")]
    public void Read_Iso_IsThatInstant(string text, string expected)
    {
        Assert.Null(Clock().Read(text, out var instant));
        Assert.Equal(expected, $"{instant:yyyy-MM-ddTHH:mm:ss}Z");
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }

    [Theory]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("10:15")]
    [InlineData("22/11/2026 10:15")]
    [InlineData("")]
    public void Read_WhatIsNoTime_SaysSo(string text) =>
        Assert.Equal($"'{text}' is not a time in the form 2026-11-22T10:15:00Z", Clock().Read(text, out _));

    [Theory]
    [InlineData("1899-12-30T00:00:00Z")]
    [InlineData("2100-01-01T00:00:00Z")]
    public void Read_YearThatCannotBe_SaysSo(string text) =>
        Assert.Equal($"'{text}' lies outside the years 2000 to 2099", Clock().Read(text, out _));

    [Fact]
    public void Read_NoOffsetAndNoZone_IsRefused() =>
        Assert.Equal("'2026-11-22T10:15:00' bears no offset, and the mapping names no zone", Clock(zone: null).Read("2026-11-22T10:15:00", out _));

    [Theory]
    [InlineData("29/03/2026 00:59", "2026-03-29T00:59:00Z")]
    [InlineData("29/03/2026 02:00", "2026-03-29T01:00:00Z")]
    [InlineData("25/10/2026 00:59", "2026-10-24T23:59:00Z")]
    [InlineData("25/10/2026 02:00", "2026-10-25T02:00:00Z")]
    public void Read_AroundTheHourInWhichClocksChange_IsThatInstant(string text, string expected)
    {
        Assert.Null(Clock(AmbiguousTime.Refuse, "dd/MM/yyyy HH:mm").Read(text, out var instant));
        Assert.Equal(expected, $"{instant:yyyy-MM-ddTHH:mm:ss}Z");
    }

    [Theory]
    [InlineData("29/03/2026 01:00")]
    [InlineData("29/03/2026 01:59")]
    public void Read_TimeThatTheClocksSkip_IsRefused(string text) =>
        Assert.Equal($"'{text}' does not exist in Europe/London: the clocks skip it", Clock(AmbiguousTime.First, "dd/MM/yyyy HH:mm").Read(text, out _));

    [Theory]
    [InlineData("First", "2026-10-25T00:30:00Z")]
    [InlineData("Second", "2026-10-25T01:30:00Z")]
    public void Read_TimeThatComesTwice_IsTheOneThatTheMappingSays(string ambiguous, string expected)
    {
        Assert.Null(Clock(Enum.Parse<AmbiguousTime>(ambiguous), "dd/MM/yyyy HH:mm").Read("25/10/2026 01:30", out var instant));
        Assert.Equal(expected, $"{instant:yyyy-MM-ddTHH:mm:ss}Z");
    }

    [Theory]
    [InlineData("25/10/2026 01:00")]
    [InlineData("25/10/2026 01:59")]
    public void Read_TimeThatComesTwice_IsRefusedUnlessTheMappingSaysWhich(string text) =>
        Assert.Equal(
            $"'{text}' comes twice in Europe/London, when the clocks go back: the mapping can say 'ambiguous: first' or 'second'",
            Clock(AmbiguousTime.Refuse, "dd/MM/yyyy HH:mm").Read(text, out _));

    [Fact]
    public void Read_SeveralFormats_TakesTheFirstThatFits()
    {
        var clock = Clock(AmbiguousTime.Refuse, "dd/MM/yyyy HH:mm", "d MMM yyyy");

        Assert.Null(clock.Read("22/11/2026 10:15", out var first));
        Assert.Null(clock.Read("3 Jul 2026", out var second));
        Assert.Equal(("2026-11-22T10:15", "2026-07-02T23:00"), ($"{first:yyyy-MM-ddTHH:mm}", $"{second:yyyy-MM-ddTHH:mm}"));
    }

    [Theory]
    [InlineData("2026-11-22T10:15:00Z", "2026-11-22T10:00:00Z/2026-11-22T10:15:00Z")]
    [InlineData("2026-11-22T10:15:01Z", "2026-11-22T10:15:00Z/2026-11-22T10:30:00Z")]
    [InlineData("2026-11-22T10:29:59Z", "2026-11-22T10:15:00Z/2026-11-22T10:30:00Z")]
    [InlineData("2026-11-22T00:00:00Z", "2026-11-21T23:45:00Z/2026-11-22T00:00:00Z")]
    public void Of_QuarterHour_IsTheOneThatTheInstantCloses(string instant, string expected) => AssertPeriod(Cadence.QuarterHour, instant, expected);

    [Theory]
    [InlineData("2026-07-21T23:00:00Z", "2026-07-21T23:00:00Z/2026-07-22T23:00:00Z")]
    [InlineData("2026-07-21T22:59:59Z", "2026-07-20T23:00:00Z/2026-07-21T23:00:00Z")]
    [InlineData("2026-03-29T12:00:00Z", "2026-03-29T00:00:00Z/2026-03-29T23:00:00Z")]
    [InlineData("2026-10-25T12:00:00Z", "2026-10-24T23:00:00Z/2026-10-26T00:00:00Z")]
    public void Of_Day_IsTheOneThatHoldsTheDate(string instant, string expected) => AssertPeriod(Cadence.Day, instant, expected);

    [Theory]
    [InlineData("Month", "2026-07-31T22:59:59Z", "2026-06-30T23:00:00Z/2026-07-31T23:00:00Z")]
    [InlineData("Month", "2026-07-31T23:00:00Z", "2026-07-31T23:00:00Z/2026-08-31T23:00:00Z")]
    [InlineData("Quarter", "2026-11-22T10:15:00Z", "2026-09-30T23:00:00Z/2027-01-01T00:00:00Z")]
    public void Of_MonthAndQuarter_AreThoseThatHoldTheDate(string cadence, string instant, string expected) =>
        AssertPeriod(Enum.Parse<Cadence>(cadence), instant, expected);

    private static void AssertPeriod(Cadence cadence, string instant, string expected) =>
        Assert.Equal(expected, TablePeriods.Of(cadence, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)).ToString());

    private static TableClock Clock(string? zone = "Europe/London") =>
        new(new TableTime("as_at", [], zone is null ? null : TableFiles.London, AmbiguousTime.Refuse), isWorkbook: false);

    private static TableClock Clock(AmbiguousTime ambiguous, params string[] formats) =>
        new(new TableTime("as_at", formats, TableFiles.London, ambiguous), isWorkbook: false);
}
