using System.IO.Compression;
using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.GpAppointments;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.GpAppointments;

/// <summary>The tables written out here are made up, in the documented layout; real figures stand in the cases.</summary>
public sealed class GpAppointmentsParserTests
{
    private const string Tree = "Sources/NhsEngland/GpAppointments";
    private const string Header = "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,Appointment_Date,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS";
    private const string CoverageHeader =
        "SUB_ICB_LOCATION_CODE,ICB_ONS_CODE,REGION_CODE,Appointment_Month,Included Practices,Open Practices,Patients registered at included practices,Patients registered at open practices";
    private const string Monday = "00L,N,05FEB2024,Attended,GP,Face-to-Face,Same Day,10";

    public static TheoryData<string> Cases => ParserCase.Names(Tree);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_PublishedFile_SaysWhatIsExpected(string name) => ParserCase.Verify(new GpAppointmentsParser(), Tree, name);

    [Fact]
    public void Parse_RowsOfADay_AreAddedUpByWhatTheyAre()
    {
        var parsed = Parse(
            Monday,
            "00L,N,05FEB2024,DNA,GP,Telephone,1 Day,2",
            "00L,N,05FEB2024,Unknown,Other Practice staff,Home Visit,2 to 7 Days,3",
            "00L,N,05FEB2024,Attended,GP,Video/Online,8  to 14 Days,4",
            "00L,N,05FEB2024,Attended,GP,Unknown,15  to 21 Days,5",
            "00L,N,05FEB2024,Attended,GP,Face-to-Face,22  to 28 Days,6",
            "00L,N,05FEB2024,Attended,GP,Face-to-Face,More than 28 Days,7",
            "00L,N,05FEB2024,Attended,GP,Face-to-Face,Unknown / Data Quality,\"1,008\"");

        Assert.Equal(
            [
                "gp-appointments 1045", "gp-appointments-attended 1040", "gp-appointments-dna 2", "gp-appointments-status-unknown 3",
                "gp-appointments-face-to-face 1031", "gp-appointments-same-day 10", "gp-appointments-within-two-weeks 19",
                "gp-appointments-over-four-weeks 7", "gp-appointments-wait-unknown 1008",
            ],
            parsed.Statements.Select(statement => $"{statement.Series.Metric} {statement.Figure}"));
        Assert.All(parsed.Statements, statement => Assert.Equal((LondonCalendar.Day(new DateOnly(2024, 2, 5)), 2), (statement.Period, statement.Row)));
        Assert.Equal(new Tally(8, 8, 0, 0, 0, 0, 9, 9, 0, 0), parsed.Tally);
    }

    [Theory]
    [InlineData("01FEB2023", 2023, 2, 1)]
    [InlineData("1Feb2023", 2023, 2, 1)]
    [InlineData("31-Dec-21", 2021, 12, 31)]
    [InlineData("29-feb-2024", 2024, 2, 29)]
    [InlineData("2024-02-29", 2024, 2, 29)]
    [InlineData("03/02/2024", 2024, 2, 3)]
    public void Date_AsWrittenOverTheYears_IsRead(string text, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), GpDates.Read(text));

    [Theory]
    [InlineData("29FEB2023")]
    [InlineData("00FEB2023")]
    [InlineData("01FOO2023")]
    [InlineData("02/29/2024")]
    [InlineData("2023")]
    [InlineData("")]
    public void Date_NotOne_IsNotGuessed(string text) => Assert.Null(GpDates.Read(text));

    /// <summary>2 February 2024 is a Friday, and 92A has rows from the 1st to the 29th, so that the file covers every day.</summary>
    [Fact]
    public void Parse_DaysWithoutRows_AreZerosOnlyWhereThatCanBeTold()
    {
        var parsed = Parse(
            [
                .. Enumerable.Range(1, 29).Select(day => $"92A,N,{day:00}FEB2024,Attended,GP,Telephone,Same Day,1"),
                "00L,N,02FEB2024,Attended,GP,Telephone,Same Day,5", // Friday; then the weekend, and
                "00L,N,05FEB2024,Attended,GP,Telephone,Same Day,6", // Monday; Tuesday to Sunday lack, and
                "00L,N,12FEB2024,Attended,GP,Telephone,Same Day,7", // Monday is the last that it states.
            ]);

        var byDay = parsed.Statements
            .Where(statement => statement.Series.ToString() == "gp-appointments@00L")
            .ToDictionary(statement => LondonCalendar.DateOf(statement.Period.Start).Day, statement => statement.Figure);
        Assert.Equal(29, byDay.Count);
        Assert.Equal([2, 3, 4, 5, 12], byDay.Where(pair => !pair.Value.IsAbsent).Select(pair => pair.Key).Order());
        Assert.Equal((Figure.Of(0), Figure.Of(0)), (byDay[3], byDay[4]));
        Assert.All(byDay.Values.Where(figure => figure.IsAbsent), figure => Assert.Equal(AbsenceCode.Late, figure.Absence));
        Assert.Equal(new Tally(32, 32, 0, 0, 0, 0, 2 * 29 * 9, (29 + 5) * 9, 24 * 9, 0), parsed.Tally);
    }

    /// <summary>Good Friday is 29 March 2024 and Easter Monday 1 April: neither is a zero, the weekend between them is.</summary>
    [Fact]
    public void Parse_Easter_HasAWeekendOfZerosBetweenTwoAbsences()
    {
        var parsed = Parse("00L,N,28MAR2024,Attended,GP,Telephone,Same Day,5", "00L,N,02APR2024,Attended,GP,Telephone,Same Day,6");

        Assert.Equal(
            ["5", "late", "0", "0", "late", "6"],
            parsed.Statements.Where(statement => statement.Series.Metric == new Domain.Metrics.MetricKey("gp-appointments")).Select(statement => statement.Figure.ToString()));
    }

    [Fact]
    public void Parse_LocationWithoutRowsInAMonth_IsNotSpokenOfInIt()
    {
        var parsed = Parse(Monday, "92A,N,04MAR2024,Attended,GP,Telephone,Same Day,5");

        Assert.Equal(
            [("00L", 2), ("92A", 3)],
            parsed.Statements.Select(statement => (statement.Series.Organisation.ToString(), LondonCalendar.DateOf(statement.Period.Start).Month)).Distinct());
    }

    [Fact]
    public void Parse_WordNotKnown_RefusesTheFiguresOfItsColumnAndNoOthers()
    {
        var parsed = Parse("00L,N,05FEB2024,Attended,GP,In Person,Same Day,10", "92A,N,05FEB2024,Attended,GP,Telephone,Same Day,1");

        var rejection = Assert.Single(parsed.Rejections);
        Assert.Equal(
            (2, "APPT_MODE", "gp-appointments-face-to-face of 00L on 2024-02-05: 'In Person' in row 2 is not known here, and may be a new name of what is", "In Person"),
            (rejection.Row, rejection.Field, rejection.Reason, rejection.Text));
        Assert.Equal(
            "gp-appointments-face-to-face@00L",
            Assert.Single(parsed.Statements, statement => statement.Figure.Absence == AbsenceCode.Rejected).Series.ToString());
        Assert.Equal(new Tally(2, 2, 0, 0, 0, 0, 18, 17, 0, 1), parsed.Tally);
    }

    [Theory]
    [InlineData("-5", "a count cannot be negative")]
    [InlineData("", "there is no count")]
    [InlineData("many", "not a number")]
    public void Parse_CountThatIsNone_RefusesEveryFigureOfTheDay(string count, string reason)
    {
        var parsed = Parse(Monday, $"00L,N,05FEB2024,DNA,GP,Telephone,Same Day,{count}", "00L,N,06FEB2024,DNA,GP,Telephone,Same Day,1");

        Assert.Equal((3, reason), (parsed.Rejections.Single(rejection => rejection.Field is null).Row, parsed.Rejections.Single(rejection => rejection.Field is null).Reason));
        AssertOnlyTheFifthIsRefused(parsed);
        Assert.Equal(new Tally(3, 2, 1, 0, 0, 0, 18, 9, 0, 9), parsed.Tally);
    }

    [Fact]
    public void Parse_RowTwice_IsNotAddedAndRefusesTheDay()
    {
        var parsed = Parse(Monday, Monday);

        Assert.Equal(9, parsed.Statements.Count);
        Assert.All(parsed.Statements, statement => Assert.Equal(AbsenceCode.Rejected, statement.Figure.Absence));
        Assert.Equal(new Tally(2, 1, 1, 0, 0, 0, 9, 0, 0, 9), parsed.Tally);
    }

    [Theory]
    [InlineData("00 L,N,05FEB2024,Attended,GP,Telephone,Same Day,1", "found '00 L' and '05FEB2024' in row 3 of 'a.csv'")]
    [InlineData("00L,N,FEB2024,Attended,GP,Telephone,Same Day,1", "found '00L' and 'FEB2024' in row 3 of 'a.csv'")]
    [InlineData("00L,N,05FEB2024,Attended", "row 3 has 4 of 8 cells, in 'a.csv'")]
    public void Parse_RowOfNobodyKnowsWhom_RefusesTheFile(string row, string found) =>
        Assert.Contains(found, Assert.Throws<PublicationFormatException>(() => Parse(Monday, row, Monday)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TableByDuration_IsRefused()
    {
        var exception = Assert.Throws<PublicationFormatException>(() =>
            Read("a.csv", "sub_icb_location_code,appointment_date,actual_duration,count_of_appointments\n00L,01-Dec-21,31-60 Minutes,364\n"));

        Assert.Contains("found instead 'actual_duration'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ArchiveWhoseTablesOverlap_RefusesTheDayThatBothState()
    {
        var parsed = new GpAppointmentsParser().Parse(new PublicationContent(
            Zip(("Feb.csv", $"{Header}\n{Monday}\n"), ("Feb_again.csv", $"{Header}\n{Monday}\n00L,N,06FEB2024,DNA,GP,Telephone,Same Day,1\n")), "a.zip", null));

        Assert.Contains(parsed.Rejections, rejection => rejection.Reason == "another table of the publication states 00L on 2024-02-05 already");
        AssertOnlyTheFifthIsRefused(parsed);
        Assert.Equal(new Tally(3, 2, 1, 0, 0, 0, 18, 9, 0, 9), parsed.Tally);
    }

    [Fact]
    public void Parse_ArchiveWithSomethingElse_IsRefusedByName() =>
        Assert.Contains(
            "'notes.txt'",
            Assert.Throws<PublicationFormatException>(() => new GpAppointmentsParser().Parse(
                new PublicationContent(Zip(("Feb.csv", $"{Header}\n{Monday}\n"), ("notes.txt", "Notes\n")), "a.zip", null))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_ArchiveCutOff_IsRefused() =>
        Assert.Throws<PublicationFormatException>(() => new GpAppointmentsParser().Parse(
            new PublicationContent(Zip(("Feb.csv", $"{Header}\n{Monday}\n")).AsMemory(0, 60), "a.zip", null)));

    [Fact]
    public void Parse_CoverageRows_GoWhereTheyBelong()
    {
        var parsed = Read(
            "a.csv",
            $"{CoverageHeader}\n00L,E,E,01FEB2023,36,36,335363,335363\n00L,E,E,01FEB2023,36,36,335363,335363\n"
            + "15C,E,E,01FEB2023,36,35,10,11\n92A,E,E,02FEB2023,1,1,1,1\n,,,,,,,\nSource: NHS England\n06H,E,E,01FEB2023,,1,5,5\n");

        Assert.Equal(new Tally(7, 3, 2, 0, 1, 1, 12, 9, 1, 2), parsed.Tally);
        Assert.Equal(
            [
                (3, null, "00L stands in row 2 for the month already, with the same figures"),
                (4, "Included Practices", "36 of 35: a part cannot exceed its whole"),
                (4, "Open Practices", "36 of 35: a part cannot exceed its whole"),
                (5, null, "'02FEB2023' is not the first day of a month, such as 01FEB2023"),
            ],
            parsed.Rejections.Select(rejection => (rejection.Row, rejection.Field, rejection.Reason)));
        Assert.Equal([4, 4], parsed.Statements.Where(statement => statement.Figure.Absence == AbsenceCode.Rejected).Select(statement => statement.Row));
    }

    [Fact]
    public void Parse_HeaderAlone_IsRefused() => Assert.Throws<PublicationFormatException>(() => Parse());

    /// <summary>Nine figures of each of two days are stated, those of 5 February 2024 as refused.</summary>
    private static void AssertOnlyTheFifthIsRefused(ParsedPublication parsed)
    {
        Assert.Equal(18, parsed.Statements.Count);
        Assert.All(parsed.Statements, statement => Assert.Equal(
            statement.Period == LondonCalendar.Day(new DateOnly(2024, 2, 5)), statement.Figure.Absence == AbsenceCode.Rejected));
    }

    private static ParsedPublication Parse(params string[] rows) => Read("a.csv", Header + "\n" + string.Concat(rows.Select(row => row + "\n")));

    private static ParsedPublication Read(string name, string text) =>
        new GpAppointmentsParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(text), name, null));

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var content = archive.CreateEntry(name).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
