using System.Text;
using CsCheck;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.VirtualWard;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.VirtualWard;

public sealed class VirtualWardParserTests
{
    private const string Tree = "Sources/NhsEngland/VirtualWard";

    private static readonly byte[] July = Samples.Read("nhs-england-virtual-ward/VW202307.xlsx");

    public static TheoryData<string> Cases => ParserCase.Names(Tree);

    public static TheoryData<string> Files => Samples.Names("nhs-england-virtual-ward", "*.xlsx");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_PublishedWorkbook_SaysWhatIsExpected(string name) => ParserCase.Verify(new VirtualWardParser(), Tree, name);

    [Theory]
    [MemberData(nameof(Files))]
    public void Parse_EveryWorkbook_ReconcilesAndRejectsNothing(string file)
    {
        var parsed = Parse(Samples.Read($"nhs-england-virtual-ward/{file}"));

        Assert.Equal((ReconciliationOutcome.Reconciled, 3), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
        Assert.Equal((42, 1, 0), (parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Rejections.Count));
        Assert.NotNull(parsed.PublishedAt);
    }

    [Fact]
    public void Parse_Revised_StandsAtTheLaterDate()
    {
        var revised = WorkbookEdit.Replace(July, "10th August 2023", "28th March 2024");

        Assert.Equal(new DateTimeOffset(2023, 8, 9, 23, 0, 0, TimeSpan.Zero), Parse(July).PublishedAt);
        Assert.Equal(new DateTimeOffset(2024, 3, 28, 0, 0, 0, TimeSpan.Zero), Parse(revised).PublishedAt);
    }

    [Theory]
    [InlineData("July 2023", "summer", "Expected a month such as 'July 2023' beside 'Month:'; found 'summer'.")]
    [InlineData("Month:", "Monat:", "Expected a month such as 'July 2023' beside 'Month:'; found none.")]
    [InlineData("10th August 2023", "10th Augst 2023", "Expected a date such as '10th August 2023' beside 'Published:'; found '10th Augst 2023'.")]
    [InlineData("Patients in a Virtual Ward", "People in a Virtual Ward", "Expected the column 'Patients in a Virtual Ward'; found instead 'People in a Virtual Ward'.")]
    public void Parse_TextChanged_Throws(string what, string with, string message) =>
        Assert.Equal(message, Assert.Throws<PublicationFormatException>(() => Parse(WorkbookEdit.Replace(July, what, with))).Message);

    [Fact]
    public void Parse_StatedOccupancyIsNotPatientsOverCapacity_RejectsTheCell()
    {
        var parsed = Parse(WorkbookEdit.Replace(July, "0.61157024793388426", "0.62157024793388426"));

        var rejection = Assert.Single(parsed.Rejections);
        Assert.Equal(
            (58, "Occupancy %", "74 patients over a capacity of 121 are 0.6116", "0.6215702479338843"),
            (rejection.Row, rejection.Field, rejection.Reason, rejection.Text));
        Assert.True(parsed.Tally.Balances);
    }

    [Fact]
    public void Parse_ErrorInACell_RejectsIt()
    {
        var parsed = Parse(WorkbookEdit.Rewrite(July, (name, text) => name.Contains("worksheets/sheet2", StringComparison.Ordinal)
            ? System.Text.RegularExpressions.Regex.Replace(text, "<c r=\"F58\"([^>]*)><v>121</v></c>", "<c r=\"F58\"$1 t=\"e\"><v>#REF!</v></c>")
            : text));

        Assert.Equal(("Virtual Ward Capacity", "#REF!"), (parsed.Rejections[0].Field, parsed.Rejections[0].Text));
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "an empty file", [] },
        { "a file that is no XLSX workbook", Encoding.UTF8.GetBytes("<html></html>") },
        { "a file that is no archive, or one that is cut off or damaged", July[..^2000] },
        { "a workbook that cannot be read", WorkbookEdit.Zip(("a.txt", [1])) },
        { "which unpacks to more than 100 times its packed length", WorkbookEdit.Zip(("xl/workbook.xml", new byte[50_000_000])) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_Malformed_Throws(string found, byte[] bytes) =>
        Assert.Contains(found, Assert.Throws<PublicationFormatException>(() => Parse(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_AnyMutation_ThrowsOrBalances()
    {
        string[] values = ["", "-1", "1.5", "*", "x", "1E+300", "NaN", "0", "99999999999999"];
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, values.Length - 1]).Array[1, 6].Sample(edits =>
        {
            var mutated = WorkbookEdit.Rewrite(July, (name, text) => name.Contains("worksheets/", StringComparison.Ordinal) || name.Contains("sharedStrings", StringComparison.Ordinal)
                ? edits.Aggregate(text, (current, edit) => Mutate(current, edit.Item1, edit.Item2, values[edit.Item3]))
                : text);
            try
            {
                var parsed = Parse(mutated);
                Assert.True(parsed.Tally.Balances);
                Assert.Equal(parsed.Tally.RowsRejected + parsed.Tally.CellsRejected, parsed.Rejections.Count);
                Assert.Equal(parsed.Statements.Count, parsed.Statements.DistinctBy(statement => (statement.Series, statement.Period)).Count());
            }
            catch (PublicationFormatException exception)
            {
                Assert.NotEmpty(exception.Found);
            }
        }, iter: 60);
    }

    [Fact]
    public void Parse_AnyByteFlipped_ThrowsOrReadsTheSame()
    {
        var whole = Parse(July).Statements;
        Gen.Select(Gen.Int[0, July.Length - 1], Gen.Byte[1, 255]).Sample(flip =>
        {
            var damaged = July.ToArray();
            damaged[flip.Item1] ^= flip.Item2;
            try
            {
                Assert.Equal<IEnumerable<Statement>>(whole, Parse(damaged).Statements);
            }
            catch (PublicationFormatException exception)
            {
                Assert.NotEmpty(exception.Found);
            }
        }, iter: 60);
    }

    /// <summary>Replaces the value of one cell, or moves it to another row's place.</summary>
    private static string Mutate(string text, int which, int other, string value)
    {
        var parts = text.Split("<v>");
        if (parts.Length < 2)
        {
            return text;
        }

        var at = 1 + (which % (parts.Length - 1));
        var end = parts[at].IndexOf("</v>", StringComparison.Ordinal);
        if (end < 0)
        {
            return text;
        }

        parts[at] = other % 3 == 0
            ? parts[1 + (other % (parts.Length - 1))].Split("</v>")[0] + parts[at][end..]
            : value + parts[at][end..];
        return string.Join("<v>", parts);
    }

    private static ParsedPublication Parse(byte[] bytes) => new VirtualWardParser().Parse(new PublicationContent(bytes, "VW.xlsx", null));
}
