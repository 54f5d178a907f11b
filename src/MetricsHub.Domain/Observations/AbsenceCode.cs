namespace MetricsHub.Domain.Observations;

/// <summary>Why a number is not there. The numbers are stored: never renumber one.</summary>
public enum AbsenceCode : byte
{
    /// <summary>Nothing is expected for the period: a closed site, a day on which the publisher does not publish.</summary>
    NotDue = 1,

    /// <summary>Expected by now, and not there.</summary>
    Late = 2,

    /// <summary>The source could not be read when the figure fell due.</summary>
    SourceDown = 3,

    /// <summary>A figure was stated and refused by a check.</summary>
    Rejected = 4,

    /// <summary>The publisher withheld it, for disclosure or for quality.</summary>
    Suppressed = 5,

    /// <summary>There is nothing that could be measured: a share of no attendances, a department that does not exist.</summary>
    NotApplicable = 6,

    /// <summary>Stated once and taken back by the publisher.</summary>
    Withdrawn = 7,
}

/// <summary>The words by which absences are written in the API, in CSV and in the documentation.</summary>
public static class AbsenceCodes
{
    public static string ToText(this AbsenceCode code) => code switch
    {
        AbsenceCode.NotDue => "not-due",
        AbsenceCode.Late => "late",
        AbsenceCode.SourceDown => "source-down",
        AbsenceCode.Rejected => "rejected",
        AbsenceCode.Suppressed => "suppressed",
        AbsenceCode.NotApplicable => "not-applicable",
        AbsenceCode.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not an absence code."),
    };
}
