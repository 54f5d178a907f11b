using System.Globalization;

namespace MetricsHub.Domain.Privacy;

/// <summary>Where in a payload a field stands.</summary>
/// <param name="Part">The number of the sheet, or of the entry in an archive, from 1; 1 where there are no parts.</param>
/// <param name="Field">Its number among the fields, the column in a table, from 1; 0 for a part as a whole.</param>
public readonly record struct FieldPlace(int Part, int Field)
{
    public override string ToString() => (Part, Field) switch
    {
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"part {Part}"),
        (1, _) => string.Create(CultureInfo.InvariantCulture, $"field {Field}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"field {Field} of part {Part}"),
    };
}

/// <summary>Why a payload holds what is personal. It never holds the personal thing itself: where a header row is missing, a name is a value.</summary>
/// <param name="Reason">For a reader, with the rule and the field's place.</param>
public sealed record PatientDataFinding(string Reason)
{
    public override string ToString() => Reason;
}
