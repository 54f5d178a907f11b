using MetricsHub.Sources;

namespace MetricsHub.Catalogue;

internal static class SourceParsers
{
    /// <summary>The parser that reads a source's publications; where it is <c>table</c> or <c>pushed</c>, by the source's own definition.</summary>
    public static IPublicationParser For(this Parsers parsers, SourceDefinition source) => parsers.For(source.Parser, source.Table, source.Pushed, source.CapacityServices);
}
