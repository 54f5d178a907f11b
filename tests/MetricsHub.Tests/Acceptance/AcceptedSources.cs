using MetricsHub.Catalogue;
using MetricsHub.Sources;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>Every source that the catalogue's folders hold: whoever adds a file adds its tests.</summary>
internal static class AcceptedSources
{
    /// <summary>A name that only <see cref="AcceptanceNetwork"/> knows.</summary>
    public static readonly Uri Simulator = new("http://simulator.test");

    private static readonly string[] Folders = ["sources", "simulated/sources"];

    /// <summary>Relative to the catalogue, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(CatalogueFolder.Real, folder), "*.yaml")
            .Select(path => $"{folder}/{Path.GetFileName(path)}")
            .Order(StringComparer.Ordinal)),
    ];

    public static TheoryData<string> Keys => [.. Files.Select(file => Path.GetFileNameWithoutExtension(file))];

    public static HubCatalogue Catalogue { get; } = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys, Simulator);

    public static SourceDefinition Find(string key) => Catalogue.Sources[new(key)];

    public static IPublicationParser ParserOf(SourceDefinition source) => new Parsers().For(source);

    /// <summary>Whether it states organisations and holidays, and no figures.</summary>
    public static bool StatesFacts(SourceDefinition source) => source.Timetable is null;
}
