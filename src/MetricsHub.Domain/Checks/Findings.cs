using MetricsHub.Domain.Observations;

namespace MetricsHub.Domain.Checks;

/// <summary>What checks found against the statements of one publication, by the place of each in it.</summary>
internal sealed class Findings(IReadOnlyList<Statement> statements)
{
    private readonly SortedDictionary<int, (CheckKinds Checks, List<string> Reasons)> found = [];

    public void Add(int index, CheckKinds check, string reason)
    {
        var (checks, reasons) = found.TryGetValue(index, out var before) ? before : (CheckKinds.None, []);
        reasons.Add(reason);
        found[index] = (checks | check, reasons);
    }

    public bool Has(int index) => found.Count > 0 && found.ContainsKey(index);

    /// <summary>The reasons of a statement stand in an order of their own, whatever the order of the rows was.</summary>
    public CheckedStatements Complete() => found.Count == 0
        ? new CheckedStatements(statements, [])
        : new CheckedStatements(
            [.. statements.Where((_, index) => !found.ContainsKey(index))],
            [.. found.Select(entry => new Refusal(
                statements[entry.Key], entry.Value.Checks, string.Join("; ", entry.Value.Reasons.Order(StringComparer.Ordinal))))]);
}
