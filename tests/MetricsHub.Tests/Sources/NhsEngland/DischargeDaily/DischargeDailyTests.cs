using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.DischargeDaily;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.DischargeDaily;

/// <summary>
/// The long CSV in the documented layout, with real figures of 1 to 4 June 2025 for three ICBs that have one acute trust each, so that
/// the trust's figures are the ICB's. Those not discharged are the difference of the other two.
/// </summary>
public sealed class DischargeDailyTests
{
    private const string Header = "Period,Level,Region,ICB,Org Code,Org Name,Metric,Metric Type,Metric Group,Value\n";
    private const string Nctr = "Number of patients who no longer meet the criteria to reside,Daily metric,NCTR";
    private const string Discharged = "Number of patients discharged,Daily metric,Discharges";
    private const string NotDischarged = "Number of patients who no longer meet the criteria to reside and were not discharged,Daily metric,NCTR not discharged";

    /// <summary>As the tidied file of ICBs states them: who no longer met the criteria, and who was discharged.</summary>
    private static readonly Dictionary<string, (int All, int Discharged)[]> Published = new()
    {
        ["RTE"] = [(154, 44), (191, 85), (221, 110), (222, 109)],
        ["RH5"] = [(230, 41), (314, 108), (342, 143), (340, 136)],
        ["REF"] = [(133, 50), (151, 65), (169, 86), (186, 107)],
    };

    [Fact]
    public void Parse_Case_StatesProvidersAndHoldsIcbsAgainstThem()
    {
        var expected = Published.SelectMany(trust => trust.Value.Index(), (trust, day) => (trust.Key, Period: LondonCalendar.Day(new DateOnly(2025, 6, 1 + day.Index)), day.Item))
            .SelectMany(day => new[]
            {
                ("no-criteria-to-reside", day.Key, day.Period, $"{day.Item.All}"),
                ("no-criteria-to-reside-discharged", day.Key, day.Period, $"{day.Item.Discharged}"),
                ("no-criteria-to-reside-not-discharged", day.Key, day.Period, $"{day.Item.All - day.Item.Discharged}"),
            })
            .ToHashSet();

        var parsed = new DischargeDailyParser().Parse(new PublicationContent(
            Samples.Read("nhs-england-discharge-daily/layout-from-documentation-June-2025.csv"), "layout-from-documentation-June-2025.csv", null));

        Assert.Equal(36, parsed.Statements.Count);
        Assert.True(expected.SetEquals(parsed.Statements.Select(statement =>
            (statement.Series.Metric.ToString(), statement.Series.Organisation.ToString(), statement.Period, statement.Figure.ToString()))));
        Assert.Equal((72, 36, 36, 0), (parsed.Tally.RowsRead, parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Rejections.Count));
        Assert.Equal((ReconciliationOutcome.Reconciled, 36), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
        Assert.True(parsed.Tally.Balances);
    }

    [Theory]
    [InlineData("-", AbsenceCode.Late)]
    [InlineData("[z]", AbsenceCode.NotApplicable)]
    [InlineData("", AbsenceCode.Suppressed)]
    public void Parse_Marker_IsAnAbsence(string text, AbsenceCode absence) =>
        Assert.Equal(Figure.Absent(absence), Assert.Single(Parse($"02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},{text}\n").Statements).Figure);

    [Fact]
    public void Parse_ProviderThatSentNothing_ShowsBesideItsIcb()
    {
        var parsed = Parse($"""
            02/06/2025,National,[z],[z],ENG,ENGLAND (Type 1 Trusts),{Nctr},30
            02/06/2025,Region,Y58,[z],Y58,SOUTH WEST,{Nctr},30
            02/06/2025,ICB,Y58,QR1,QR1,A,{Nctr},30
            02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},20
            02/06/2025,Provider,Y58,QR1,RTF,A,{Nctr},-

            """);

        Assert.Equal((2, 3, 1, 1), (parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Tally.Observations, parsed.Tally.Absences));
        Assert.Equal(
            [("no-criteria-to-reside, ENG, 2 June 2025", 30, 20), ("no-criteria-to-reside, QR1, 2 June 2025", 30, 20)],
            parsed.Reconciliation.Differences.Select(difference => (difference.Field, difference.Stated, difference.Summed)));
    }

    /// <summary>As found in the files of April and June 2025: weekly rows of another month, and a day of the month before.</summary>
    [Fact]
    public void Parse_RowsOutsideTheMonth_AreQuarantined()
    {
        var parsed = Parse($"""
            02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},20
            03/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},21
            04/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},22
            01/10/2025,Provider,Y58,QR1,RTE,A,Patients,Weekly snapshot,LOS 7+,5
            01/05/2025,Provider,Y58,QR1,RTE,A,{Nctr},-
            28/05/2025,Provider,Y58,QR1,RTE,A,Patients,Weekly snapshot,LOS 14+,5

            """);

        Assert.Equal(
            [(5, "the row is dated 01/10/2025 and the file is about June 2025"), (6, "the row is dated 01/05/2025 and the file is about June 2025")],
            parsed.Rejections.Select(rejection => (rejection.Row, rejection.Reason)));
        Assert.Equal((3, 2, 1), (parsed.Tally.RowsAccepted, parsed.Tally.RowsRejected, parsed.Tally.RowsSetAsideAsNote));
        Assert.True(parsed.Tally.Balances);
    }

    [Theory]
    [InlineData("20", "5", "14", "20 less 5 discharged are not 14")]
    [InlineData("20", "21", "-", "21 discharged of 20: a part cannot exceed its whole")]
    [InlineData("20", "-", "21", "21 not discharged of 20: a part cannot exceed its whole")]
    public void Parse_ThreeFiguresThatContradict_KeepsNone(string all, string discharged, string left, string reason)
    {
        var parsed = Parse($"""
            02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},{all}
            02/06/2025,Provider,Y58,QR1,RTE,A,{Discharged},{discharged}
            02/06/2025,Provider,Y58,QR1,RTE,A,{NotDischarged},{left}

            """);

        Assert.Equal([Figure.Absent(AbsenceCode.Rejected)], parsed.Statements.Select(statement => statement.Figure).Distinct());
        Assert.Equal([2, 3, 4], parsed.Statements.Select(statement => statement.Row));
        Assert.Equal([reason, reason, reason], parsed.Rejections.Select(rejection => rejection.Reason));
        Assert.Equal((0, 0, 3, true), (parsed.Tally.Observations, parsed.Tally.Absences, parsed.Tally.CellsRejected, parsed.Tally.Balances));
    }

    [Fact]
    public void Parse_ProviderTwice_KeepsNeitherWhereTheyDiffer()
    {
        var parsed = Parse($"""
            02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},20
            02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},21
            02/06/2025,Provider,Y58,QR1,RTF,A,{Nctr},9
            02/06/2025,Provider,Y58,QR1,RTF,A,{Nctr},9

            """);

        Assert.Equal(
            [("RTE", "rejected"), ("RTF", "9")], parsed.Statements.Select(statement => (statement.Series.Organisation.ToString(), statement.Figure.ToString())));
        Assert.Equal(
            ["row 3 states '21'", "RTE stands in row 2 already, with other figures", "RTF stands in row 4 already, with the same figures"],
            parsed.Rejections.Select(rejection => rejection.Reason));
    }

    [Theory]
    [InlineData("02/06/2025,Ward,Y58,QR1,RTE,A,{0},20", "'Ward' is not a level: expected National, Region, ICB or Provider")]
    [InlineData("2 June,Provider,Y58,QR1,RTE,A,{0},20", "'2 June' is not a date such as 01/04/2025")]
    [InlineData("02/06/2025,Provider,Y58,QR1,R-E,A,{0},20", "'R-E' is not an organisation code")]
    [InlineData("02/06/2025,Provider,Y58,QR1,RTE,A,Number of beds,Daily metric,NCTR,20", "'Number of beds' is not a known metric of the group 'NCTR'")]
    [InlineData("02/06/2025,ICB,Y58,QR1,QR1,A,{0},many", "not a number: 'many'")]
    [InlineData("02/06/2025,Provider,Y58,QR1,RTE", "row 3 has 5 of 10 cells")]
    public void Parse_BadRow_IsRejected(string row, string reason)
    {
        var parsed = Parse($"01/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},20\n{row.Replace("{0}", Nctr, StringComparison.Ordinal)}\n");

        Assert.Equal(reason, Assert.Single(parsed.Rejections).Reason);
        Assert.True(parsed.Tally.Balances);
    }

    [Fact]
    public void Parse_NameOfAnotherMonth_Throws() =>
        Assert.Equal(
            "Expected the month that the name says, July 2025; found most rows about June 2025.",
            Assert.Throws<PublicationFormatException>(() => Parse($"02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},20\n", "discharge-July-2025.csv")).Message);

    [Fact]
    public void Parse_UnknownColumnWithData_Throws() =>
        Assert.Contains(
            "column 11 'Note' with 'x' in row 2",
            Assert.Throws<PublicationFormatException>(() => new DischargeDailyParser().Parse(new PublicationContent(
                Encoding.UTF8.GetBytes(Header.Replace("Value", "Value,Note", StringComparison.Ordinal) + $"02/06/2025,Provider,Y58,QR1,RTE,A,{Nctr},20,x\n"), "d.csv", null))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_NoDischargeCsv_Throws() =>
        Assert.Throws<PublicationFormatException>(() => new DischargeDailyParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes("a,b\n1,2\n"), "d.csv", null)));

    private static ParsedPublication Parse(string rows, string name = "d.csv") =>
        new DischargeDailyParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(Header + rows), name, null));
}
