using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Retention;

/// <summary>
/// After how many days what need not be kept is removed; 0 keeps it for ever. Statements, publications, rules, declarations, keys, actions and the
/// readings of frameworks in force are kept for ever, whatever is set here.
/// </summary>
internal sealed class RetentionOptions
{
    public const string SectionName = "Retention";

    private const int Most = 36_500;

    /// <summary>Runs between others of their source that ended alike.</summary>
    [Range(0, Most)]
    public int RunDays { get; init; } = 90;

    /// <summary>The idempotency keys of pushes: for so long a sender may come back with one.</summary>
    [Range(0, Most)]
    public int PushKeyDays { get; init; } = 90;

    /// <summary>The text of refused rows and cells.</summary>
    [Range(0, Most)]
    public int RefusedTextDays { get; init; } = 400;

    /// <summary>Superseded readings of frameworks that are tried out, and all of versions that are no longer in the catalogue.</summary>
    [Range(0, Most)]
    public int TrialReadingDays { get; init; } = 90;

    /// <summary>The archived bytes of publications. Without them nothing can be read again: no replay, no newer parser.</summary>
    [Range(0, Most)]
    public int ArchiveDays { get; init; }
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
