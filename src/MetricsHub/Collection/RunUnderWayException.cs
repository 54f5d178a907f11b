using MetricsHub.Domain.Publications;

namespace MetricsHub.Collection;

/// <summary>A source is being collected already: two runs of one source would ask its publisher twice and find the same.</summary>
internal sealed class RunUnderWayException(SourceKey source) : Exception($"Another run of {source} is under way.");
