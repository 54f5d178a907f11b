using System.ComponentModel.DataAnnotations;
using MetricsHub.Sources.Locations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Collection;

internal sealed class CollectionOptions
{
    public const string SectionName = "Collection";

    /// <summary>Whether publishers' landing pages, data portals and directories are read. Off at first, so that a new hub asks nothing of the internet by itself.</summary>
    public bool ReadLandingPages { get; init; }

    /// <summary>An address or page by which a publisher can reach who runs this hub; sent with every request. May be blank.</summary>
    [StringLength(200)]
    public string Contact { get; init; } = "";

    /// <summary>Tokens by the names that sources give them; secrets, so from the environment (<c>Collection__Tokens__dos</c>) rather than from a file.</summary>
    public Dictionary<string, string> Tokens { get; init; } = [];

    /// <summary>After how many fetches in a row without an answer a source is left alone for a while.</summary>
    [Range(1, 1000)]
    public int FailuresBeforePause { get; init; } = 5;

    /// <summary>The first pause, shorter than the rhythm of the quickest feed, which loses nothing by it; each further pause is twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest pause: how much later than it could a source that is back is read again at most, but for one slot of its schedule.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    public BreakerLimits ToBreakerLimits() => new(FailuresBeforePause, ShortestPause, LongestPause);
}

[OptionsValidator]
internal sealed partial class CollectionOptionsValidator : IValidateOptions<CollectionOptions>;
