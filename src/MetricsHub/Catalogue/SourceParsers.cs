using MetricsHub.Sources;

namespace MetricsHub.Catalogue;

internal static class SourceParsers
{
    /// <summary>The parser that reads a source's publications; where it is <c>table</c>, by the source's own mapping.</summary>
    public static IPublicationParser For(this Parsers parsers, SourceDefinition source) => parsers.For(source.Parser, source.Table);
}
