using System.ComponentModel.DataAnnotations;
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
}

[OptionsValidator]
internal sealed partial class CollectionOptionsValidator : IValidateOptions<CollectionOptions>;
