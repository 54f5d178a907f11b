namespace MetricsHub.Domain.Checks;

/// <summary>The checks that can refuse a statement on its way in; a statement may be refused by several.</summary>
[Flags]
public enum CheckKinds
{
    /// <summary>No check: a parser refused it, for it could not be read.</summary>
    None = 0,

    /// <summary>The number lies outside the metric's plausible range.</summary>
    Plausible = 1,

    /// <summary>The metric counts whole things, and the number has a fraction.</summary>
    Whole = 2,

    /// <summary>Against the series' own history the number looks like another unit.</summary>
    UnitSlip = 4,

    /// <summary>A part states more than its whole allows.</summary>
    NotAbove = 8,

    /// <summary>Parts do not go with the total that they belong to.</summary>
    Parts = 16,

    /// <summary>The row speaks of a time that had not come when its publication was retrieved.</summary>
    Future = 32,

    /// <summary>The source may state known organisations only, and this one is none.</summary>
    UnknownOrganisation = 64,
}
