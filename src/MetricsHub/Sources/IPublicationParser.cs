using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;

namespace MetricsHub.Sources;

/// <summary>
/// The pure half of a source: bytes in; statements, rejections and a tally out. It reads no clock, no file and no network, so that a
/// publication can be parsed again from the archive with the same result.
/// </summary>
internal interface IPublicationParser
{
    /// <summary>Raised with every change that reads the same bytes differently; what an older version read is then parsed again.</summary>
    int Version { get; }

    /// <exception cref="PublicationFormatException">The file as a whole is not what it claims to be; nothing of it is kept.</exception>
    ParsedPublication Parse(PublicationContent content);
}

/// <summary>A publication's bytes and the names it came under.</summary>
/// <param name="FileName">The last part of its address, as the publisher spells it.</param>
/// <param name="LinkText">The text of the link that led to it; null for a file from a folder.</param>
internal sealed record PublicationContent(ReadOnlyMemory<byte> Bytes, string FileName, string? LinkText);

/// <summary>What a parser found in a publication.</summary>
/// <param name="PublishedAt">The date that the publication states itself, or the end of its last period where it overlaps the one before and bears no date; else null.</param>
internal sealed record ParsedPublication(
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<Rejection> Rejections,
    Tally Tally,
    Reconciliation Reconciliation,
    DateTimeOffset? PublishedAt)
{
    /// <summary>What the publication states besides figures, or in place of them.</summary>
    public ReferenceFacts Facts { get; init; } = ReferenceFacts.None;
}

/// <summary>A file that is not what it claims: says what was expected and what was found instead.</summary>
internal sealed class PublicationFormatException(string expected, string found, Exception? inner = null)
    : Exception($"Expected {expected}; found {found}.", inner)
{
    public string Expected { get; } = expected;

    public string Found { get; } = found;
}
