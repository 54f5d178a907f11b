namespace MetricsHub.Domain.Publications;

public enum ReconciliationOutcome
{
    /// <summary>The publication gives no total to hold its rows against.</summary>
    NoTotal,
    Reconciled,
    Mismatch,
}

/// <summary>One column whose rows do not add up to the total that the publication states.</summary>
/// <param name="Summed">The sum of the rows as read.</param>
public sealed record ReconciliationDifference(string Field, double Stated, double Summed)
{
    /// <summary>Stated minus summed: what the rows lack.</summary>
    public double Difference => Stated - Summed;
}

/// <summary>A publication's rows held against the total that it states itself.</summary>
/// <param name="FieldsCompared">How many columns were compared.</param>
public sealed record Reconciliation(int FieldsCompared, IReadOnlyList<ReconciliationDifference> Differences)
{
    public static readonly Reconciliation NoTotal = new(0, []);

    public ReconciliationOutcome Outcome =>
        FieldsCompared == 0 ? ReconciliationOutcome.NoTotal
        : Differences.Count == 0 ? ReconciliationOutcome.Reconciled
        : ReconciliationOutcome.Mismatch;
}
