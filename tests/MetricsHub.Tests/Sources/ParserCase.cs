using System.Text.Json;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Sources;

/// <summary>
/// A folder with a publisher's file and <c>expected.json</c>: what the file says, worked out from its bytes by other means than the
/// parser under test. A file that the samples hold is named by <c>sample</c> instead of being copied.
/// </summary>
internal static class ParserCase
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="tree">The folder of the test class, <c>Sources/NhsEngland/AeMonthly</c>.</param>
    public static TheoryData<string> Names(string tree) =>
        [.. Directory.EnumerateDirectories(Folder(tree)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static void Verify(IPublicationParser parser, string tree, string name)
    {
        var folder = Path.Combine(Folder(tree), name);
        var expected = JsonSerializer.Deserialize<Expectation>(File.ReadAllText(Path.Combine(folder, "expected.json")), Json)!;
        var path = expected.Sample is null
            ? Assert.Single(Directory.EnumerateFiles(folder), file => Path.GetFileName(file) != "expected.json")
            : Samples.PathOf(expected.Sample);

        var parsed = parser.Parse(new PublicationContent(File.ReadAllBytes(path), Path.GetFileName(path), expected.LinkText));

        Assert.True(parsed.Tally.Balances);
        Assert.Equal(expected.Tally, ExpectedTally.Of(parsed.Tally));
        Assert.Equal(expected.Reconciliation.Outcome, parsed.Reconciliation.Outcome.ToString());
        Assert.Equal(expected.Reconciliation.FieldsCompared, parsed.Reconciliation.FieldsCompared);
        Assert.Equal(
            expected.Reconciliation.Differences,
            parsed.Reconciliation.Differences.Select(difference => new ExpectedDifference(difference.Field, difference.Stated, difference.Summed, difference.Difference)));
        Assert.Equal(expected.PublishedAt, parsed.PublishedAt);
        if (expected.Period is not null)
        {
            Assert.All(parsed.Statements, statement => Assert.Equal(expected.Period, statement.Period.ToString()));
        }

        Assert.Equal(
            expected.Rejections,
            parsed.Rejections.Select(rejection => new ExpectedRejection(rejection.Row, rejection.Field, rejection.Reason, rejection.Text)));
        var stated = parsed.Statements
            .Select(statement => new ExpectedStatement(
                statement.Series.Metric.ToString(), statement.Series.Organisation.ToString(), statement.Figure.ToString(), statement.Row,
                expected.Period is null ? statement.Period.ToString() : null))
            .ToHashSet();
        Assert.Equal(parsed.Tally.Observations + parsed.Tally.Absences, stated.Count);
        Assert.All(expected.Statements, statement => Assert.Contains(statement, stated));
    }

    private static string Folder(string tree) => Path.Combine(AppContext.BaseDirectory, tree, "cases");

    private sealed record Expectation(
        string? Sample,
        string? LinkText,
        string? Period,
        DateTimeOffset? PublishedAt,
        ExpectedTally Tally,
        ExpectedReconciliation Reconciliation,
        IReadOnlyList<ExpectedStatement> Statements,
        IReadOnlyList<ExpectedRejection> Rejections);

    private sealed record ExpectedTally(
        int RowsRead,
        int RowsAccepted,
        int RowsRejected,
        int SetAsideAsTotal,
        int SetAsideAsBlank,
        int SetAsideAsNote,
        int CellsExpected,
        int Observations,
        int Absences,
        int CellsRejected)
    {
        public static ExpectedTally Of(Tally tally) => new(
            tally.RowsRead, tally.RowsAccepted, tally.RowsRejected, tally.RowsSetAsideAsTotal, tally.RowsSetAsideAsBlank,
            tally.RowsSetAsideAsNote, tally.CellsExpected, tally.Observations, tally.Absences, tally.CellsRejected);
    }

    private sealed record ExpectedReconciliation(string Outcome, int FieldsCompared, IReadOnlyList<ExpectedDifference> Differences);

    private sealed record ExpectedDifference(string Field, double Stated, double Summed, double Difference);

    /// <param name="Period">Where the publication is about more than one.</param>
    private sealed record ExpectedStatement(string Metric, string Organisation, string Figure, int Row, string? Period = null);

    private sealed record ExpectedRejection(int Row, string? Field, string Reason, string? Text);
}
