using System.IO.Compression;

namespace MetricsHub.Sources;

/// <summary>
/// How much a ZIP archive may unpack to. A few kilobytes can hold gigabytes, and the lengths in an archive's headers are what its
/// author wrote there; so every entry is unpacked and counted, and its checksum compared, before anything reads it.
/// </summary>
/// <param name="Entries">How many entries at most.</param>
/// <param name="TotalBytes">How many bytes all of them unpack to at most.</param>
/// <param name="Ratio">How many times its packed length an entry may unpack to, once it is larger than <paramref name="RatioFloor"/>.</param>
/// <param name="RatioFloor">In bytes: small entries of repeated text pack far better and harm nobody.</param>
internal sealed record ArchiveLimits(int Entries, long TotalBytes, int Ratio, long RatioFloor)
{
    public static readonly ArchiveLimits Default = new(Entries: 1_000, TotalBytes: 200_000_000, Ratio: 100, RatioFloor: 1_000_000);

    private static readonly string[] ArchiveExtensions = [".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".jar"];

    /// <param name="expected">What the archive should be, for the message.</param>
    /// <exception cref="PublicationFormatException">It is no archive, is damaged, or exceeds a limit.</exception>
    public void Check(ReadOnlyMemory<byte> archive, string expected)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive.ToArray(), writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > Entries)
            {
                throw new PublicationFormatException(expected, $"an archive of {zip.Entries.Count} entries (limit {Entries})");
            }

            var total = 0L;
            foreach (var entry in zip.Entries)
            {
                total = Unpack(entry, total, expected);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw new PublicationFormatException(expected, "a file that is no archive, or one that is cut off or damaged", exception);
        }
    }

    private long Unpack(ZipArchiveEntry entry, long total, string expected)
    {
        var buffer = new byte[81_920];
        var length = 0L;
        var crc = 0u;
        using var content = entry.Open();
        for (int read; (read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
        {
            var bytes = buffer.AsSpan(0, read);
            if (length == 0 && (IsArchive(bytes) || Array.Exists(ArchiveExtensions, extension => entry.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))))
            {
                throw new PublicationFormatException(expected, $"an archive within the archive: '{entry.FullName}'");
            }

            length += read;
            crc = Crc32.Append(crc, bytes);
            if (total + length > TotalBytes)
            {
                throw new PublicationFormatException(expected, $"an archive that unpacks to more than {TotalBytes} bytes");
            }

            if (length > RatioFloor && length > Ratio * Math.Max(entry.CompressedLength, 1))
            {
                throw new PublicationFormatException(expected, $"'{entry.FullName}', which unpacks to more than {Ratio} times its packed length");
            }
        }

        if (length != entry.Length || crc != entry.Crc32)
        {
            throw new PublicationFormatException(expected, $"'{entry.FullName}', which does not unpack to what the archive says: it is damaged");
        }

        return total + length;
    }

    private static bool IsArchive(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) || bytes.StartsWith("Rar!"u8);
}
