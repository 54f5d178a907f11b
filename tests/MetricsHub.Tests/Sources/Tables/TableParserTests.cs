using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;
using MetricsHub.Sources.Tables;
using Xunit;

namespace MetricsHub.Tests.Sources.Tables;

/// <summary>Comma-separated tables: what is found, and what becomes of every row and cell.</summary>
public sealed class TableParserTests
{
    private const string Row = "SIMU1,22/11/2026 10:15,14,1.5\n";

    [Theory]
    [InlineData("Site,As At,Waiting,Longest Wait (hours)\n" + Row)]
    [InlineData("\uFEFF" + TableFiles.Header + Row)]
    [InlineData("longest_wait_hours,waiting,note,as_at,site\n1.5,14,busy,22/11/2026 10:15,SIMU1\n")]
    [InlineData("Waits at our centres\n\n" + TableFiles.Header + Row)]
    [InlineData(TableFiles.Header + "SIMU1,22/11/2026 10:15,14,1.5")]
    [InlineData("site,as_at,waiting,longest_wait_hours\r\n\"SIMU1\",22/11/2026 10:15, 14 ,\"1.5\"\r\n")]
    public void Parse_TableAsProvidersWriteIt_IsFoundByTheNamesOfItsColumns(string text)
    {
        var parsed = TableFiles.Waits.Read(text);

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z 14", "utc-longest-wait@SIMU1 2026-11-22T10:15:00Z 90"], parsed.Lines());
        Assert.All(parsed.Statements, statement => Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero), statement.StatedAt));
        Assert.Empty(parsed.Rejections);
        Assert.Null(parsed.PublishedAt);
        Assert.Equal((1, 2, 2, true), (parsed.Tally.RowsAccepted, parsed.Tally.CellsExpected, parsed.Tally.Observations, parsed.Tally.Balances));
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "a page of HTML or XML")]
    [InlineData("site,as_at,longest_wait_hours\n", "Expected the column 'waiting'; found no column of such a name.")]
    [InlineData("site,as_at,wating,longest_wait_hours\n", "Expected the column 'waiting'; found instead 'wating'.")]
    [InlineData("site,as_at,waiting,Waiting,longest_wait_hours\n", "more than one column 'waiting'")]
    [InlineData(TableFiles.Header + "SIMU1,22/11/2026 10:15,1", "a file that is cut off")]
    [InlineData(TableFiles.Header + "\"SIMU1,22/11/2026 10:15,14,1.5\n", "a quote that has no partner")]
    public void Parse_FileThatIsNotTheTable_IsRefusedWithWhatWasFound(string text, string found)
    {
        var exception = Assert.Throws<PublicationFormatException>(() => TableFiles.Waits.Read(text));

        Assert.Contains(found.Replace("a file that is cut off", "one that is cut off", StringComparison.Ordinal), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Utf16_IsRefusedByName()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(TableFiles.Header + Row)).ToArray();

        Assert.Contains("UTF-16 text", Assert.Throws<PublicationFormatException>(() => TableFiles.Waits.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HeaderRowAlone_StatesNothingAndIsNoFault()
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header);

        Assert.Empty(parsed.Statements);
        Assert.Equal((0, true), (parsed.Tally.RowsRead, parsed.Tally.Balances));
    }

    [Fact]
    public void Parse_RowsThatAreNoStatement_AreSetAsideOrRejectedWithTheirNumber()
    {
        var parsed = TableFiles.Waits.Read(
            TableFiles.Header
            + Row
            + "\n"
            + "Total,22/11/2026 10:15,14,1.5\n"
            + "Northgate UTC,22/11/2026 10:15,3,1\n"
            + "SIMU2,yesterday,3,1\n"
            + "SIMU2,22/11/2026 10:15,3\n"
            + "SIMU2,22/11/2026 10:15,3,1,7\n");

        Assert.Equal(2, parsed.Statements.Count);
        Assert.Equal(
            [
                "5: site: 'Northgate UTC' is not an organisation code",
                "6: as_at: 'yesterday' is not a time in the form dd/MM/yyyy HH:mm",
                "7: row 7 has 3 of 4 cells",
                "8: row 8 has 5 cells and the header row 4",
            ],
            parsed.Refusals());
        Assert.Equal((7, 1, 4, 1, 1, true), (parsed.Tally.RowsRead, parsed.Tally.RowsAccepted, parsed.Tally.RowsRejected, parsed.Tally.RowsSetAsideAsTotal, parsed.Tally.RowsSetAsideAsBlank, parsed.Tally.Balances));
    }

    [Fact]
    public void Parse_MissingMarkers_AreTheAbsencesThatTheMappingSays()
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header + "SIMU1,22/11/2026 10:15,Closed,-\n");

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z not-due", "utc-longest-wait@SIMU1 2026-11-22T10:15:00Z not-applicable"], parsed.Lines());
        Assert.Equal((0, 2, 0), (parsed.Tally.Observations, parsed.Tally.Absences, parsed.Tally.CellsRejected));
    }

    [Theory]
    [InlineData("", "nothing stands here, and the mapping does not say what that means")]
    [InlineData("n/a", "not a number")]
    [InlineData("12;5", "not a number")]
    [InlineData("NaN", "not a number")]
    [InlineData("1e999", "not a number")]
    [InlineData("80%", "not a number")]
    [InlineData("-3", "a figure cannot be negative")]
    [InlineData("1234567890123", "a figure of more than 12 digits is not believable")]
    public void Parse_CellThatIsNoFigure_IsRejectedByRowAndFieldAndStatedAsThat(string text, string reason)
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header + $"SIMU1,22/11/2026 10:15,{text},1.5\n");

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z rejected", "utc-longest-wait@SIMU1 2026-11-22T10:15:00Z 90"], parsed.Lines());
        Assert.Equal(new Domain.Publications.Rejection(2, "waiting", reason, text), Assert.Single(parsed.Rejections));
        Assert.Equal((1, 2, 1, 0, 1, true), (parsed.Tally.RowsAccepted, parsed.Tally.CellsExpected, parsed.Tally.Observations, parsed.Tally.Absences, parsed.Tally.CellsRejected, parsed.Tally.Balances));
    }

    [Theory]
    [InlineData("\"1,234\"", 1234)]
    [InlineData("\"1,234,567.5\"", 1234567.5)]
    [InlineData("007", 7)]
    [InlineData("1.2E1", 12)]
    public void Parse_Numbers_AsFeedsWriteThem(string text, double expected)
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header + $"SIMU1,22/11/2026 10:15,{text},-\n");

        Assert.Equal(Figure.Of(expected), parsed.Statements[0].Figure);
    }

    [Theory]
    [InlineData("\"12,5\"")] // A decimal comma must not read as 125.
    [InlineData("\"1,23\"")]
    [InlineData("\"1,2345\"")]
    public void Parse_CommaThatSeparatesNoThousands_IsNoNumber(string text) =>
        Assert.Equal(["2 waiting: not a number"], TableFiles.Waits.Read(TableFiles.Header + $"SIMU1,22/11/2026 10:15,{text},-\n").Refusals());

    [Theory]
    [InlineData("hours", "minutes", "1.5", 90)]
    [InlineData("minutes", "hours", "90", 1.5)]
    [InlineData("days", "hours", "2", 48)]
    [InlineData("seconds", "minutes", "90", 1.5)]
    [InlineData("percent", "share", "57", 0.57)]
    [InlineData("percent", "share", "57 %", 0.57)]
    [InlineData("share", "percent", "0.57", 57)]
    [InlineData("patients", "patients", "3", 3)]
    public void Parse_FieldInAnotherUnit_IsStatedInTheMetrics(string from, string to, string text, double expected)
    {
        var definition = TableFiles.Waits with { Figures = [TableFiles.Figure("x", "waiting", UnitConversion.Between(from, to)!)] };

        Assert.Equal(Figure.Of(expected), definition.Read(TableFiles.Header + $"SIMU1,22/11/2026 10:15,{text},-\n").Statements[0].Figure);
    }

    [Theory]
    [InlineData("hours", "share")]
    [InlineData("patients", "beds")]
    public void Conversion_BetweenUnitsOfDifferentKinds_DoesNotExist(string from, string to) => Assert.Null(UnitConversion.Between(from, to));

    [Fact]
    public void Parse_NamesInsteadOfCodes_AreThoseOfTheMappingAndNoOthers()
    {
        var definition = TableFiles.Waits with
        {
            Organisation = new TableOrganisation("site", new Dictionary<string, OrganisationCode>(StringComparer.OrdinalIgnoreCase) { ["Northgate UTC"] = new("SIMU1"), ["Total"] = new("SIMP1") }, null),
        };

        var parsed = definition.Read(TableFiles.Header + "northgate utc,22/11/2026 10:15,14,-\nTotal,22/11/2026 10:15,20,-\nSIMU2,22/11/2026 10:15,1,-\n");

        Assert.Equal(["SIMU1", "SIMP1"], parsed.Statements.Select(statement => statement.Series.Organisation.ToString()).Distinct());
        Assert.Equal(["4: site: the mapping has no organisation for 'SIMU2'"], parsed.Refusals());
    }

    [Fact]
    public void Parse_TableOfOneOrganisation_NeedsNoColumnForIt()
    {
        var definition = TableFiles.Waits with { Organisation = new TableOrganisation(null, new Dictionary<string, OrganisationCode>(), new OrganisationCode("SIMH1")) };

        Assert.Equal(["utc-waiting@SIMH1 2026-11-22T10:15:00Z 14", "utc-longest-wait@SIMH1 2026-11-22T10:15:00Z 90"], definition.Read("as_at,waiting,longest_wait_hours\n22/11/2026 10:15,14,1.5\n").Lines());
    }

    [Fact]
    public void Parse_OneFieldForTwoMetrics_StatesBoth()
    {
        var definition = TableFiles.Waits with { Figures = [TableFiles.Waiting, TableFiles.Figure("utc-waiting-daily", "waiting", UnitConversion.None, Cadence.Day)] };

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z 14", "utc-waiting-daily@SIMU1 2026-11-23T00:00:00Z 14"], definition.Read(TableFiles.Header + Row).Lines());
    }
}
