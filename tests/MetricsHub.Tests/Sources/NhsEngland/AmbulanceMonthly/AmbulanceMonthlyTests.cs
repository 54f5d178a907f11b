using System.Globalization;
using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.AmbulanceMonthly;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.AmbulanceMonthly;

/// <summary>The publisher's file, cut to January to April 2024, read here by position in its lines.</summary>
public sealed class AmbulanceMonthlyTests
{
    private const string Sample = "nhs-england-ambsys-monthly/AmbSYS-January-to-April-2024.csv";

    private static readonly byte[] Bytes = Samples.Read(Sample);
    private static readonly string[][] Lines = [.. Encoding.UTF8.GetString(Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(','))];

    [Theory]
    [InlineData("ambulance-calls-answered", "A1")]
    [InlineData("ambulance-incidents", "A7")]
    [InlineData("ambulance-category-1-incidents", "A8")]
    [InlineData("ambulance-category-1-response-seconds", "A24")]
    [InlineData("ambulance-category-1-response-mean", "A25")]
    [InlineData("ambulance-category-1-response-90th-centile", "A26")]
    [InlineData("ambulance-category-2-incidents", "A10")]
    [InlineData("ambulance-category-2-response-seconds", "A30")]
    [InlineData("ambulance-category-2-response-mean", "A31")]
    [InlineData("ambulance-category-2-response-90th-centile", "A32")]
    [InlineData("ambulance-category-3-incidents", "A11")]
    [InlineData("ambulance-category-3-response-seconds", "A33")]
    [InlineData("ambulance-category-3-response-mean", "A34")]
    [InlineData("ambulance-category-3-response-90th-centile", "A35")]
    public void Parse_EveryTrustAndMonth_SaysWhatTheLineSays(string metric, string code)
    {
        var column = Array.IndexOf(Lines[0], code);
        var expected = Lines.Where(cells => cells[3].StartsWith('R'))
            .Select(cells => (cells[3], LondonCalendar.Month(2024, int.Parse(cells[1], CultureInfo.InvariantCulture)), cells[column]))
            .ToHashSet();

        var stated = Parse(Bytes).Statements.Where(statement => statement.Series.Metric == new MetricKey(metric)).ToList();

        Assert.Equal(44, stated.Count);
        Assert.True(expected.SetEquals(stated.Select(statement => (statement.Series.Organisation.ToString(), statement.Period, statement.Figure.ToString()))));
    }

    [Fact]
    public void Parse_Sample_ReconcilesWithEnglandInEveryMonth()
    {
        var parsed = Parse(Bytes);

        // Eleven trusts in four months; England and seven regions in each.
        Assert.Equal((76, 44, 32, 0), (parsed.Tally.RowsRead, parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Rejections.Count));
        Assert.Equal((ReconciliationOutcome.Reconciled, 4 * 8), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
    }

    [Fact]
    public void Parse_Dot_IsSuppressedAndNeverZero()
    {
        var parsed = Parse(Edit("A25", "."));

        Assert.Equal(Figure.Absent(AbsenceCode.Suppressed), parsed.Statements.Single(IsFirst("ambulance-category-1-response-mean")).Figure);
        Assert.Empty(parsed.Rejections);
    }

    [Fact]
    public void Parse_MeanThatIsNotItsQuotient_IsRejected()
    {
        var parsed = Parse(Edit("A25", "600"));

        Assert.Equal(("A25, 2024-01", "78319 seconds over 126 incidents are 621.6"), (Assert.Single(parsed.Rejections).Field, parsed.Rejections[0].Reason));
        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), parsed.Statements.Single(IsFirst("ambulance-category-1-response-mean")).Figure);
        Assert.Equal((1, 0, true), (parsed.Tally.CellsRejected, parsed.Tally.Absences, parsed.Tally.Balances));
    }

    [Theory]
    [InlineData("Month", "13", "'2024', '13' is not a year and a month")]
    [InlineData("Org Code", "R1-F", "'R1-F' is not an organisation code")]
    public void Parse_BadRow_IsRejected(string header, string text, string reason) =>
        Assert.Equal(reason, Assert.Single(Parse(Edit(header, text)).Rejections).Reason);

    [Fact]
    public void Parse_UnknownColumnWithData_Throws() =>
        Assert.Contains(
            "'B1'", Assert.Throws<PublicationFormatException>(() => Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Bytes).Replace(",A73", ",B1", StringComparison.Ordinal)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_ColumnMissing_Throws() =>
        Assert.StartsWith(
            "Expected the column 'A24'",
            Assert.Throws<PublicationFormatException>(() => Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Bytes).Replace(",A24,", ",A999,", StringComparison.Ordinal)))).Message,
            StringComparison.Ordinal);

    /// <summary>Puts a text into a column of the first trust's row.</summary>
    private static byte[] Edit(string header, string text)
    {
        var lines = Lines.Select(cells => cells.ToArray()).ToArray();
        lines[2][Array.IndexOf(lines[0], header)] = text;
        return Encoding.UTF8.GetBytes(string.Concat(lines.Select(cells => string.Join(',', cells) + "\n")));
    }

    private static Func<Statement, bool> IsFirst(string metric) =>
        statement => statement.Series == new SeriesKey(new MetricKey(metric), new OrganisationCode("R1F")) && statement.Period == LondonCalendar.Month(2024, 1);

    private static ParsedPublication Parse(byte[] bytes) => new AmbulanceMonthlyParser().Parse(new PublicationContent(bytes, "AmbSYS.csv", null));
}
