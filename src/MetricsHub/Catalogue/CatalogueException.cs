namespace MetricsHub.Catalogue;

/// <summary>One thing that is wrong in the catalogue.</summary>
/// <param name="File">The file, relative to the catalogue folder, with forward slashes.</param>
/// <param name="Path">The way to the field (<c>parameters[0].bands[2].range</c>, <c>row 12, valid_from</c>); empty for the file as a whole.</param>
/// <param name="Line">The line of a YAML file, counted from 1; null where it is not known, and in other files, whose rows tell it.</param>
internal sealed record CatalogueError(string File, string Path, string Message, int? Line = null)
{
    public override string ToString() => (Line, Path) switch
    {
        (null, "") => $"{File}: {Message}",
        (null, _) => $"{File}: {Path}: {Message}",
        (_, "") => $"{File} line {Line}: {Message}",
        _ => $"{File} line {Line} ({Path}): {Message}",
    };
}

/// <summary>A catalogue that the hub must not start with; lists everything that is wrong, not the first thing.</summary>
internal sealed class CatalogueException(IReadOnlyList<CatalogueError> errors)
    : Exception($"The catalogue has {errors.Count} error(s):{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(error => $"  {error}"))}")
{
    public IReadOnlyList<CatalogueError> Errors { get; } = errors;
}
