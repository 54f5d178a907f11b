using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Api;

internal sealed class DeclarationOptions
{
    public const string SectionName = "Declarations";

    /// <summary>How far ahead a declared level may be said to stand: whoever still means it then says so anew.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "31.00:00:00")]
    public TimeSpan LongestTime { get; init; } = TimeSpan.FromDays(7);
}

[OptionsValidator]
internal sealed partial class DeclarationOptionsValidator : IValidateOptions<DeclarationOptions>;
