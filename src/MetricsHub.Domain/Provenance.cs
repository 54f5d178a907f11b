namespace MetricsHub.Domain;

/// <summary>Where a number that judges comes from. Shown wherever the number is shown.</summary>
public enum Provenance
{
    /// <summary>A publisher's document states it.</summary>
    Quoted,

    /// <summary>Found in published figures by a method that is written down.</summary>
    Derived,

    /// <summary>Concluded from sources by reasoning.</summary>
    Inferred,

    /// <summary>Remembered; no source read confirms it.</summary>
    Memory,

    /// <summary>Made up so that something can be configured; to be set by the system that uses it.</summary>
    LocalPlaceholder,
}
