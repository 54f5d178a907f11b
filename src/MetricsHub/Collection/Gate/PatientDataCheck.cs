using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MetricsHub.Domain.Privacy;
using MetricsHub.Sources;

namespace MetricsHub.Collection.Gate;

/// <summary>
/// Looks for data about single people in what arrives, before any of it is written anywhere: text parted by commas, semicolons, tabs or
/// bars, JSON and lines of it, XLSX workbooks, archives of these. Whatever else it is, is searched as text.
/// </summary>
internal static class PatientDataCheck
{
    /// <summary>What an archive should be, for messages.</summary>
    public const string Expected = "an archive that can be looked into";

    private static readonly PatientDataFinding Opaque = new("it is packed in a way that cannot be looked into");

    // gzip, 7-Zip, RAR, bzip2, xz, Office before 2007, PDF, Parquet.
    private static readonly byte[][] OpaqueBeginnings =
        [[0x1F, 0x8B], [0x37, 0x7A, 0xBC, 0xAF], [.. "Rar!"u8], [.. "BZh"u8], [0xFD, 0x37, 0x7A, 0x58], [0xD0, 0xCF, 0x11, 0xE0], [.. "%PDF-"u8], [.. "PAR1"u8]];

    /// <param name="payload">What would be kept: its personal columns are empty already.</param>
    /// <param name="emptied">The names of those columns.</param>
    /// <returns>Null where nothing was found.</returns>
    public static PatientDataFinding? Find(ReadOnlyMemory<byte> payload, IReadOnlyCollection<string> emptied)
    {
        var columns = emptied.Select(ColumnName.Normalise).ToHashSet();
        var gate = new PatientDataGate(name => columns.Contains(ColumnName.Normalise(name)));
        try
        {
            Look(payload, part: 1, gate);
            return gate.Finding;
        }
        catch (PublicationFormatException)
        {
            // Its message would tell names of entries, which may be people's.
            return Opaque;
        }
    }

    private static void Look(ReadOnlyMemory<byte> bytes, int part, PatientDataGate gate)
    {
        if (bytes.Span.StartsWith("PK"u8))
        {
            LookIntoArchive(bytes, gate);
        }
        else if (Array.Exists(OpaqueBeginnings, beginning => bytes.Span.StartsWith(beginning)))
        {
            throw new PublicationFormatException(Expected, "one that the hub cannot unpack");
        }
        else
        {
            LookAtText(bytes.Span, part, gate);
        }
    }

    private static void LookAtText(ReadOnlySpan<byte> bytes, int part, PatientDataGate gate)
    {
        var text = TextFields.Decode(bytes);
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..] || !TryLookAtJson(text, part, gate))
        {
            TextFields.Tell(text, part, gate);
        }
    }

    private static bool TryLookAtJson(string text, int part, PatientDataGate gate)
    {
        try
        {
            JsonFields.Tell(Encoding.UTF8.GetBytes(text), part, gate);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // It only begins like JSON, or ends too early: all of it is searched as text.
            return false;
        }
    }

    private static void LookIntoArchive(ReadOnlyMemory<byte> bytes, PatientDataGate gate)
    {
        ArchiveLimits.Default.Check(bytes, Expected);
        using var zip = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false));
        if (zip.GetEntry("xl/workbook.xml") is not null)
        {
            WorkbookFields.Tell(bytes, zip, gate);
            return;
        }

        foreach (var (index, entry) in zip.Entries.Index())
        {
            gate.Value(new FieldPlace(index + 1, Field: 0), entry.FullName);
            Look(ContentOf(entry), index + 1, gate);
        }
    }

    /// <param name="entry">Of an archive that was held to its limits before.</param>
    public static byte[] ContentOf(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
