using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.AeMonthly;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.AeMonthly;

public sealed class AeMonthlyParserTests
{
    private const string Tree = "Sources/NhsEngland/AeMonthly";
    private const string Folder = "nhs-england-ae-monthly";
    private const string Header =
        "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,"
        + "A&E attendances Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,A&E attendances Booked Appointments Other Department,"
        + "Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,"
        + "Attendances over 4hrs Booked Appointments Type 1,Attendances over 4hrs Booked Appointments Type 2,Attendances over 4hrs Booked Appointments Other Department,"
        + "Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission,"
        + "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,Emergency admissions via A&E - Other A&E department,Other emergency admissions";

    public static TheoryData<string> Cases => ParserCase.Names(Tree);

    public static TheoryData<string> MonthlyFiles => [.. Samples.Names(Folder, "*.csv").Where(file => !((string)file).Contains("AE.csv", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_PublishedFile_SaysWhatIsExpected(string name) => ParserCase.Verify(new AeMonthlyParser(), Tree, name);

    [Theory]
    [MemberData(nameof(MonthlyFiles))]
    public void Parse_WholeMonthlyFile_ReconcilesInEveryColumnAndRejectsNothing(string file)
    {
        var parsed = Parse(Samples.Read($"{Folder}/{file}"), file);

        Assert.True(parsed.Tally.Balances);
        Assert.Equal((ReconciliationOutcome.Reconciled, 18), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
        Assert.Empty(parsed.Rejections);
        Assert.Equal(0, parsed.Tally.Absences);
        Assert.InRange(parsed.Tally.RowsAccepted, 197, 198);
        Assert.Equal(18 * parsed.Tally.RowsAccepted, parsed.Statements.Count);
    }

    [Fact]
    public void Parse_DecemberFirstReleaseAndRevision_DifferInThreeTrustsOnly()
    {
        var first = Parse(Samples.Read($"{Folder}/December-2025-CSV.csv"), "December-2025-CSV.csv");
        var revised = Parse(Samples.Read($"{Folder}/Monthly-AE-December-2025-revised-g9Hy6.csv"), "Monthly-AE-December-2025-revised-g9Hy6.csv");

        var changed = revised.Statements
            .Join(first.Statements, after => after.Series, before => before.Series, (after, before) => (after, before))
            .Where(pair => pair.after.Figure != pair.before.Figure)
            .ToArray();
        Assert.Equal(["RMP", "RTG", "RTP"], changed.Select(pair => pair.after.Series.Organisation.ToString()).Distinct().Order());
        Assert.Contains(changed, pair => pair.after.Series.ToString() == "ed-type-1-attendances@RTP" && pair.before.Figure == Figure.Of(12321) && pair.after.Figure == Figure.Of(10436));
    }

    [Fact]
    public void Parse_ByteOrderMarkAndWindowsLines_ReadsTheSame()
    {
        var plain = Samples.Read($"{Folder}/Monthly-AE-March-2025.csv");
        var dressed = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(plain).ReplaceLineEndings("\r\n"))).ToArray();

        Assert.Equal(Parse(plain, "a.csv").Statements, Parse(dressed, "a.csv").Statements);
    }

    [Fact]
    public void Parse_Rows_GoWhereTheyBelong()
    {
        var parsed = Parse(
            Row("RAA", "100,0,10,5,0,0,40"),
            ",,,,,,,,,,,,,,,,,,,,,",
            Row("R B", "1"),
            Row("RCC", "1").Replace("MAY", "JUNE", StringComparison.Ordinal),
            Row("RDD", "1").Replace("MSitAE-MAY-2025", "May", StringComparison.Ordinal),
            Row("REE", "1") + ",7",
            Row("RFF", "1"),
            "Source: monthly return",
            "Note,in two cells",
            "TOTAL,TOTAL,TOTAL,TOTAL" + Numbers("101,0,10,5,0,0,40"));

        Assert.Equal(new Tally(10, 2, 5, 1, 1, 1, 36, 36, 0, 0), parsed.Tally);
        Assert.Equal((ReconciliationOutcome.Reconciled, 18), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
        Assert.Equal(
            [
                (4, "'R B' is not an organisation code"),
                (5, "the row is about JUNE-2025 and the file about MAY-2025"),
                (6, "'May' is not a period such as MSitAE-MAY-2025"),
                (7, "row 7 has 23 cells and the header row 22"),
                (10, "row 10 has 2 of 22 cells"),
            ],
            parsed.Rejections.Select(rejection => (rejection.Row, rejection.Reason)));
        Assert.All(parsed.Statements, statement => Assert.Equal(LondonCalendar.Month(2025, 5), statement.Period));
    }

    [Fact]
    public void Parse_Cells_AreFiguresAbsencesOrRejections()
    {
        var parsed = Parse(Row("RAA", "\"1,234\", 7 ,-,,-1,1.5,none,1e3"));

        Assert.Equal(
            ["1234", "7", "not-applicable", "suppressed", "rejected", "rejected", "rejected", "rejected", "0"],
            parsed.Statements.Take(9).Select(statement => statement.Figure.ToString()));
        Assert.Equal(
            [
                (2, "A&E attendances Booked Appointments Type 2", "a count cannot be negative", "-1"),
                (2, "A&E attendances Booked Appointments Other Department", "a count has no fraction", "1.5"),
                (2, "Attendances over 4hrs Type 1", "not a number", "none"),
                (2, "Attendances over 4hrs Type 2", "not a number", "1e3"),
            ],
            parsed.Rejections.Select(rejection => (rejection.Row, rejection.Field, rejection.Reason, rejection.Text)));
        Assert.Equal(new Tally(1, 1, 0, 0, 0, 0, 18, 12, 2, 4), parsed.Tally);
        Assert.Equal(ReconciliationOutcome.NoTotal, parsed.Reconciliation.Outcome);
    }

    [Fact]
    public void Parse_MoreOverFourHoursThanAttendances_RejectsBothCells()
    {
        var parsed = Parse(Row("RAA", "10,0,0,0,0,0,11"));

        Assert.Equal(
            ["A&E attendances Type 1", "Attendances over 4hrs Type 1"],
            parsed.Rejections.Select(rejection => rejection.Field));
        Assert.All(parsed.Rejections, rejection => Assert.Equal("11 over four hours of 10 attendances: a part cannot exceed its whole", rejection.Reason));
        Assert.Equal(
            ["ed-type-1-attendances", "ed-type-1-over-4h"],
            parsed.Statements.Where(statement => statement.Figure.Absence == AbsenceCode.Rejected).Select(statement => statement.Series.Metric.ToString()));
    }

    [Fact]
    public void Parse_SameOrganisationTwiceWithTheSameFigures_KeepsTheFirst()
    {
        var parsed = Parse(Row("RAA", "10"), Row("RAA", "10"));

        Assert.Equal(new Tally(2, 1, 1, 0, 0, 0, 18, 18, 0, 0), parsed.Tally);
        Assert.Equal((3, "RAA stands in row 2 already, with the same figures"), (parsed.Rejections[0].Row, parsed.Rejections[0].Reason));
    }

    [Fact]
    public void Parse_SameOrganisationTwiceWithOtherFigures_KeepsNeither()
    {
        var parsed = Parse(Row("RAA", "10"), Row("RAA", "11"), Row("RBB", "1"));

        Assert.Equal(new Tally(3, 2, 1, 0, 0, 0, 36, 18, 0, 18), parsed.Tally);
        Assert.All(
            parsed.Statements,
            statement => Assert.Equal(statement.Series.Organisation.ToString() == "RAA", statement.Figure.Absence == AbsenceCode.Rejected));
        Assert.Equal("row 3 states other figures for RAA", parsed.Rejections[0].Reason);
    }

    [Fact]
    public void Parse_TotalDiffers_GivesTheExactDifference()
    {
        var parsed = Parse(Row("RAA", "10"), " total ,,," + Numbers("12"));

        var difference = Assert.Single(parsed.Reconciliation.Differences);
        Assert.Equal(("A&E attendances Type 1", 12d, 10d, 2d), (difference.Field, difference.Stated, difference.Summed, difference.Difference));
    }

    [Fact]
    public void Parse_ColumnRenamed_Throws()
    {
        var exception = Refused(Header.Replace("Other emergency admissions", "Further admissions", StringComparison.Ordinal) + "\n" + Row("RAA", "1"));

        Assert.Equal("Expected the column 'Other emergency admissions'; found instead 'Further admissions'.", exception.Message);
    }

    [Fact]
    public void Parse_UnknownColumnWithData_Throws()
    {
        var exception = Refused(Header + ",Ambulances\n" + Row("RAA", "1") + ",\n" + Row("RBB", "1") + ",12");

        Assert.Equal("Expected only known columns, or unknown ones that are empty; found column 23 'Ambulances' with '12' in row 3.", exception.Message);
    }

    [Fact]
    public void Parse_ColumnTwice_Throws()
    {
        var exception = Refused(Header + ",A_E attendances Type 1\n" + Row("RAA", "1") + ",1");

        Assert.Equal("Expected every column once; found more than one column 'A&E attendances Type 1'.", exception.Message);
    }

    [Fact]
    public void Parse_TwoMonthsAlike_Throws()
    {
        var exception = Refused(Header + "\n" + Row("RAA", "1") + "\n" + Row("RBB", "1").Replace("MAY", "JUNE", StringComparison.Ordinal));

        Assert.Equal("Expected a file about one month; found 1 rows each about MAY-2025 and JUNE-2025.", exception.Message);
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "an empty file" },
        { "\r\n \n", "an empty file" },
        { "<!DOCTYPE html><html><body>Not found</body></html>", "a page of HTML or XML" },
        { "PK\u0003\u0004", "a ZIP archive or a workbook" },
        { "Period\u0000,Org", "binary data, or UTF-16 text" },
        { "Period\u0001,Org", "binary data" },
        { "Name,Value\na,1", "none in the first rows; the file starts 'Name,Value'" },
        { Header, "not one" },
        { Header + "\nMSitAE-MAY-2025,RAA,REGION,\"NAME,1", "a quote that has no partner" },
        { Header + "\nMSitAE-MAY-2025,RAA,REGION,NA\"ME\" X,1\n", "malformed quoting in row 2" },
        { Header + "\nMSitAE-MAY-2025,RAA,REGION,NAME,1,2", "one that is cut off: its last row 2 has 6 of 22 cells" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_Malformed_Throws(string text, string found) =>
        Assert.Contains(found, Refused(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_Utf16_Throws()
    {
        byte[] withMark = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Header)];

        Assert.Contains("UTF-16", Assert.Throws<PublicationFormatException>(() => Parse(withMark, "a.csv")).Message, StringComparison.Ordinal);
        Assert.Throws<PublicationFormatException>(() => Parse(Encoding.BigEndianUnicode.GetBytes(Header), "a.csv"));
    }

    private static string Row(string code, string numbers) => $"MSitAE-MAY-2025,{code},REGION,NAME{Numbers(numbers)}";

    /// <summary>A comma and 18 cells: those given, then zeros.</summary>
    private static string Numbers(string numbers)
    {
        var given = numbers.Replace("\"1,234\"", "x", StringComparison.Ordinal).Split(',').Length;
        return $",{numbers}{string.Concat(Enumerable.Repeat(",0", 18 - given))}";
    }

    private static ParsedPublication Parse(params string[] rows) => Parse(Encoding.UTF8.GetBytes(Header + "\n" + string.Join('\n', rows) + "\n"), "a.csv");

    private static ParsedPublication Parse(byte[] bytes, string file) => new AeMonthlyParser().Parse(new PublicationContent(bytes, file, null));

    private static PublicationFormatException Refused(string text) =>
        Assert.Throws<PublicationFormatException>(() => Parse(Encoding.UTF8.GetBytes(text), "a.csv"));
}
