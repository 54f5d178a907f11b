using System.Text;
using MetricsHub.Sources;
using MetricsHub.Sources.GovUk.BankHolidays;
using Xunit;

namespace MetricsHub.Tests.Sources.GovUk;

public sealed class BankHolidaysParserTests
{
    [Fact]
    public void Parse_PublishersFile_IsTheCatalogueHistory()
    {
        var parsed = Parse(Encoding.UTF8.GetString(Samples.Read("govuk-bank-holidays/bank-holidays.json")));

        Assert.Equal(32, parsed.Facts.BankHolidays.Count);
        Assert.Equal(
            File.ReadLines(Path.Combine(Repository.Root, "catalogue", "bank-holidays.csv")).Skip(1).Select(line => string.Join(',', line.Split(',').Take(2))),
            parsed.Facts.BankHolidays.Select(fact => $"{fact.Date:yyyy-MM-dd},{fact.Title}"));
        Assert.Equal((32 + 36 + 40, 32, 0, 76), (parsed.Tally.RowsRead, parsed.Tally.RowsAccepted, parsed.Tally.RowsRejected, parsed.Tally.RowsSetAsideAsNote));
        Assert.True(parsed.Tally.Balances);
        Assert.Equal(new DateTimeOffset(2027, 12, 28, 0, 0, 0, TimeSpan.Zero), parsed.PublishedAt);
        Assert.Empty(parsed.Statements);
    }

    [Fact]
    public void Parse_EventsThatCannotBeRead_AreRejectedAndTheRestIsKept()
    {
        var parsed = Parse(
            """
            { "england-and-wales": { "events": [
                { "title": "Christmas Day", "date": "2026-12-25" }, { "title": "Christmas Day", "date": "2026-12-25" },
                { "title": "", "date": "2026-12-28" }, { "title": "Boxing Day", "date": "28/12/2026" }, 7 ] } }
            """);

        Assert.Equal([2, 3, 4, 5], parsed.Rejections.Select(rejection => rejection.Row));
        Assert.Equal(new DateOnly(2026, 12, 25), Assert.Single(parsed.Facts.BankHolidays).Date);
        Assert.True(parsed.Tally.Balances);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "scotland": { "events": [{ "title": "a", "date": "2026-12-25" }] } }""")]
    [InlineData("""{ "england-and-wales": { "events": [] } }""")]
    [InlineData("""{ "england-and-wales": { } }""")]
    [InlineData("""{ "england-and-wales": { "events": [7] } }""")]
    [InlineData("<html>")]
    public void Parse_NoSuchFile_IsRefused(string text) => Assert.Throws<PublicationFormatException>(() => Parse(text));

    private static ParsedPublication Parse(string text) => new BankHolidaysParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(text), "bank-holidays.json", null));
}
