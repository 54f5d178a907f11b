using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Sources;

/// <summary>One cell that becomes a statement, or a rejection where <see cref="Problem"/> says why it cannot.</summary>
/// <param name="Field">The column as the publisher names it.</param>
/// <param name="Text">What stands there.</param>
internal sealed record ReportedCell(MetricKey Metric, string Field, string Text, Figure? Figure, string? Problem)
{
    public static ReportedCell Count(MetricKey metric, string field, string text)
    {
        var figure = CountText.Read(text, out var problem);
        return new ReportedCell(metric, field, text, figure, problem);
    }

    /// <summary>The number, or null where the cell holds none, or one that was refused.</summary>
    public double? Number => Problem is null && Figure is { } figure && figure.TryGetNumber(out var number) ? number : null;

    public ReportedCell Refuse(string reason) => this with { Problem = Problem ?? reason };
}

/// <summary>A row that speaks of one organisation.</summary>
/// <param name="AsRead">The numbers of the columns that the publication's total adds up, before any check.</param>
internal sealed record OrganisationRow(
    int Number,
    OrganisationCode Organisation,
    IReadOnlyList<ReportedCell> Cells,
    IReadOnlyDictionary<string, double> AsRead,
    string Text)
{
    /// <summary>Whether both rows say the same, cell by cell.</summary>
    public bool Repeats(OrganisationRow other) =>
        Cells.Zip(other.Cells).All(pair => pair.First.Figure == pair.Second.Figure
            && (pair.First.Figure is not null || pair.First.Text.Trim() == pair.Second.Text.Trim()));
}
