using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Moving;

/// <summary>Where backups are made, how often, and how many are kept.</summary>
internal sealed class BackupOptions : IValidatableObject
{
    public const string SectionName = "Backup";

    /// <summary>
    /// Best on another disk. Blank for none: then the hub makes no backups, for in a folder of its own choice they would be lost with what they
    /// are of.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>Minutes from one to the next: a divisor of 60.</summary>
    public int Every { get; init; } = 15;

    /// <summary>How many of the newest ones are kept.</summary>
    [Range(1, 10_000)]
    public int Keep { get; init; } = 8;

    /// <summary>For how many days, of UTC, the last backup of the day is kept beside them.</summary>
    [Range(0, 10_000)]
    public int KeepDays { get; init; } = 7;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Every is < 1 or > 60 || 60 % Every != 0)
        {
            yield return new ValidationResult("Every must be a number of minutes that divides an hour: 5, 10, 15, 20, 30 or 60.", [nameof(Every)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class BackupOptionsValidator : IValidateOptions<BackupOptions>;
